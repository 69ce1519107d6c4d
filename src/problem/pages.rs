//! The pages behind a problem's `type`.

use std::fmt::Write;

use actix_web::{HttpRequest, HttpResponse, get, http::header::ContentType};

use super::{Code, Problem};
use crate::domain::phrase::Language;

/// Every kind of problem on one page.
#[get("/problems")]
pub(crate) async fn problem_pages() -> HttpResponse {
    page(&Code::ALL)
}

/// One kind of problem, explained.
#[get("/problems/{slug}")]
pub(crate) async fn problem_page(request: HttpRequest) -> Result<HttpResponse, Problem> {
    let slug = request.match_info().query("slug");
    Code::ALL.iter().find(|code| code.row().slug == slug).map(|code| page(&[*code])).ok_or_else(Problem::not_found)
}

fn page(codes: &[Code]) -> HttpResponse {
    let mut html = String::from("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Problems</title>");
    for code in codes {
        let row = code.row();
        let (slug, status) = (row.slug, row.status.as_u16());
        let _ = write!(
            html,
            "<h1 id=\"{slug}\">{} <small>{status} <code>{slug}</code></small></h1>",
            row.title.say(Language::En)
        );
        let _ = write!(html, "<p>{}</p>", row.advice.say(Language::En));
        let _ =
            write!(html, "<p lang=\"vi\"><b>{}.</b> {}</p>", row.title.say(Language::Vi), row.advice.say(Language::Vi));
    }
    HttpResponse::Ok().content_type(ContentType::html()).body(html)
}
