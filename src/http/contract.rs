//! What every operation takes and answers beside its own: said once, when the contract is built.

use utoipa::openapi::{
    Header, HeaderBuilder, RefOr, Required, ResponseBuilder,
    path::{HttpMethod, Operation, ParameterBuilder, ParameterIn},
    schema::{ObjectBuilder, Type},
};

/// Adds the headers that stand on every answer, the conditional read, and the choice of language.
pub fn document(operation: &mut Operation, method: &HttpMethod) {
    take(operation, "Accept-Language", "`vi` or `en`: the language of texts for people; codes never change", "vi");
    for (status, response) in &mut operation.responses.responses {
        let RefOr::T(response) = response else { continue };
        response.headers.insert("X-Request-Id".into(), header("Names this request in the logs and the journal"));
        if matches!(status.as_str(), "200" | "201") {
            response.headers.insert(
                "ETag".into(),
                header("Version and mark of this representation, for `If-Match` and `If-None-Match`"),
            );
        }
        if status == "201" {
            response.headers.insert("Location".into(), header("Path of the new resource"));
        }
    }
    let paged = operation.parameters.iter().flatten().any(|one| matches!(one, RefOr::T(one) if one.name == "cursor"));
    if paged && let Some(RefOr::T(page)) = operation.responses.responses.get_mut("200") {
        page.headers.insert("Link".into(), header("`<…>; rel=\"next\"`, where there is a next page"));
    }
    if *method == HttpMethod::Get {
        take(
            operation,
            "If-None-Match",
            "The `ETag` you have: 304 if it is still the present one",
            "\"1-00f3a1b2c3d4e5f6\"",
        );
        let same = ResponseBuilder::new().description("Not modified: what you have is the present one");
        let same = same
            .header("ETag", told("The present validator"))
            .header("X-Request-Id", told("Names this request in the logs"));
        operation.responses.responses.entry("304".into()).or_insert_with(|| same.build().into());
    }
}

fn take(operation: &mut Operation, name: &str, meaning: &str, example: &str) {
    let schema = ObjectBuilder::new().schema_type(Type::String).examples([serde_json::Value::from(example)]);
    let parameter = ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some(meaning))
        .schema(Some(schema));
    operation.parameters.get_or_insert_default().push(RefOr::T(parameter.build()));
}

fn header(meaning: &str) -> RefOr<Header> {
    RefOr::T(told(meaning))
}

fn told(meaning: &str) -> Header {
    let schema = ObjectBuilder::new().schema_type(Type::String);
    HeaderBuilder::new().description(Some(meaning)).schema(Some(schema)).build()
}
