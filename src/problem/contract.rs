//! Problems in the contract: said once, for every operation.

use utoipa::openapi::{
    HeaderBuilder, Ref, RefOr, ResponseBuilder,
    content::ContentBuilder,
    path::ParameterIn,
    path::{HttpMethod, Operation},
    schema::{ObjectBuilder, Type},
};

use super::Code;
use crate::domain::phrase::Language;

/// Adds to one operation of the OpenAPI document the problems its shape makes possible, so that no handler has to
/// list them.
pub fn document(operation: &mut Operation, method: &HttpMethod, path: &str) {
    let parameters = operation.parameters.as_deref().unwrap_or_default().iter();
    let parameters: Vec<_> =
        parameters.filter_map(|one| if let RefOr::T(one) = one { Some(one) } else { None }).collect();
    let queries = parameters.iter().any(|one| one.parameter_in == ParameterIn::Query);
    let conditional = parameters.iter().any(|one| one.name == "If-Match");
    let body = operation.request_body.is_some();
    let writes = *method != HttpMethod::Get;
    let sign_in = path.ends_with("/auth/sign-in") || path.ends_with("/auth/password");
    for code in Code::ALL {
        let possible = match code {
            Code::Unauthenticated | Code::NotAcceptable | Code::Unavailable | Code::Internal => true,
            Code::Forbidden => true,
            Code::PasswordChangeNeeded => false, // shares its status with Forbidden
            Code::MethodNotAllowed => false,     // said by the fallback, of no operation
            Code::Malformed => body,
            Code::BadParameter => queries || !body,
            Code::TooLarge | Code::UnsupportedMediaType | Code::Invalid => body,
            Code::NotFound => path.contains('{'),
            Code::Conflict => writes,
            Code::WrongState | Code::Blocked => false, // share their status with Conflict
            Code::Stale | Code::PreconditionRequired => conditional,
            Code::TooManyRequests => sign_in,
        };
        if possible {
            let row = code.row();
            let entry = operation.responses.responses.entry(row.status.as_str().to_owned());
            entry.or_insert_with(|| {
                let schema = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
                let mut response = ResponseBuilder::new()
                    .description(row.title.say(Language::En))
                    .content("application/problem+json", schema);
                for (name, text) in headers(code) {
                    let header = HeaderBuilder::new().description(Some(*text));
                    let header = header.schema(Some(ObjectBuilder::new().schema_type(Type::String)));
                    response = response.header(*name, header.build());
                }
                response.build().into()
            });
        }
    }
}

fn headers(code: Code) -> &'static [(&'static str, &'static str)] {
    match code {
        Code::Unauthenticated => &[("WWW-Authenticate", "`Bearer`")],
        Code::TooManyRequests | Code::Unavailable => &[("Retry-After", "Seconds to wait")],
        _ => &[],
    }
}
