//! Stories of pledges and targets.

use super::authz::Door;

#[rustfmt::skip]
pub(crate) const DOORS: &[Door] = &[
    //                                               nobody officer appraiser auditor secretary administrator
    ("GET",    "/api/v1/pledges",                    [401,  200,    200,      200,    200,      200]),
    ("POST",   "/api/v1/pledges",                    [401,  403,    403,      403,    422,      403]),
    ("GET",    "/api/v1/pledges/{id}",               [401,  404,    404,      404,    404,      404]),
    ("PATCH",  "/api/v1/pledges/{id}",               [401,  404,    404,      404,    404,      404]),
    ("DELETE", "/api/v1/pledges/{id}",               [401,  404,    404,      404,    404,      404]),
    ("POST",   "/api/v1/pledges/{id}/sign",          [401,  404,    404,      404,    404,      404]),
    ("POST",   "/api/v1/pledges/{id}/amend",         [401,  404,    404,      404,    404,      404]),
    ("POST",   "/api/v1/pledges/{id}/conclude",      [401,  404,    404,      404,    404,      404]),
    ("GET",    "/api/v1/pledges/{id}/amendments",    [401,  404,    404,      404,    404,      404]),
    ("GET",    "/api/v1/targets",                    [401,  200,    200,      200,    200,      200]),
    ("POST",   "/api/v1/targets",                    [401,  422,    422,      422,    422,      422]),
    ("GET",    "/api/v1/targets/{id}",               [401,  404,    404,      404,    404,      404]),
    ("PATCH",  "/api/v1/targets/{id}",               [401,  404,    404,      404,    404,      404]),
    ("DELETE", "/api/v1/targets/{id}",               [401,  404,    404,      404,    404,      404]),
];
