//! Where operations are put: into the router that answers, or into the contract that describes them.

use actix_web::{dev::HttpServiceFactory, web::ServiceConfig};
use utoipa_actix_web::OpenApiFactory;

/// What takes operations. The router knows nothing of their descriptions: making them takes longer than all the rest of a
/// start.
pub trait Routes {
    fn service<O: HttpServiceFactory + OpenApiFactory + 'static>(&mut self, operation: O) -> &mut Self;
}

impl Routes for ServiceConfig {
    fn service<O: HttpServiceFactory + OpenApiFactory + 'static>(&mut self, operation: O) -> &mut Self {
        Self::service(self, operation)
    }
}
