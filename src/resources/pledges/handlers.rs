//! HTTP in, HTTP out. A handler reads, calls one service function, and replies.

use actix_web::{delete, get, patch, post};
use entity::vocab::MediaType;
use uuid::Uuid;

use super::{
    amend,
    amendment::{Amendment, AmendmentFilter, NewAmendment},
    cluster,
    dto::{ClusterPledge, NewPledge, Pledge, PledgeFilter, PledgePatch, PledgeQuery, Signature},
    service,
    view::View,
};
use crate::{
    http::{
        Created, Ctx, IfMatch, Json, List, Listed, Made, NoContent, Page, PageQuery, Path, Query, Reply, Routes, Tagged,
    },
    problem::Problem,
};

pub fn routes(to: &mut impl Routes) {
    to.service(list_pledges)
        .service(create_pledge)
        .service(get_pledge)
        .service(update_pledge)
        .service(delete_pledge)
        .service(sign_pledge)
        .service(amend_pledge)
        .service(conclude_pledge)
        .service(list_pledge_amendments)
        .service(get_cluster_pledge)
        .service(get_cluster_pledge_paper);
}

fn shown(ctx: &Ctx, view: View) -> Tagged<Pledge> {
    Tagged(view.pledge.version, Pledge::new(view, ctx.language))
}

/// List pledges
///
/// A province sees its own pledge in every state, the head of a cycle and its appraisers see all of the cycle, the other
/// members see those that are signed or concluded (of a published cycle: all). Each item carries what became of its
/// targets and what the caller may do with it.
#[utoipa::path(tag = "pledges", params(PageQuery, PledgeFilter), responses((status = 200, description = "One page", body = Page<Pledge>)))]
#[get("/api/v1/pledges")]
async fn list_pledges(ctx: Ctx, List { page, filter }: List<PledgeFilter>) -> Result<Listed<Pledge>, Problem> {
    let views = service::list(&ctx, &page, &filter).await?;
    Ok(Listed::new(views.map(|view| Pledge::new(view, ctx.language)), &page))
}

/// Create a pledge
///
/// Officers of the province, and the council secretary. The province is a member of the cycle (422 `not_a_member`
/// otherwise) and has no pledge there yet (409). Possible until self-scoring opens.
#[utoipa::path(tag = "pledges", request_body = NewPledge, responses((status = 201, description = "Created, as a draft", body = Pledge)))]
#[post("/api/v1/pledges")]
async fn create_pledge(ctx: Ctx, Json(new): Json<NewPledge>) -> Result<Created<Pledge>, Problem> {
    let Tagged(version, body) = shown(&ctx, service::create(&ctx, &new).await?);
    Ok(Created { location: format!("/api/v1/pledges/{}", body.id), version, body })
}

/// Get a pledge
///
/// Those who see it in the list. Everybody else gets 404.
#[utoipa::path(tag = "pledges", params(("id" = Uuid, Path, description = "Id of the pledge"), PledgeQuery), responses((status = 200, description = "The pledge", body = Pledge)))]
#[get("/api/v1/pledges/{id}")]
async fn get_pledge(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Query(query): Query<PledgeQuery>,
) -> Result<Tagged<Pledge>, Problem> {
    let expand = query.expand.map_or_else(Vec::new, |expand| expand.0);
    Ok(shown(&ctx, service::get(&ctx, id, &expand).await?))
}

/// Change a pledge
///
/// Officers of the province, and the council secretary; only while it is a draft: a signed pledge changes only by
/// `amend` (409). A merge patch (RFC 7396): absent stays, null takes away.
#[utoipa::path(tag = "pledges", params(("id" = Uuid, Path, description = "Id of the pledge"), IfMatch), request_body = PledgePatch, responses((status = 200, description = "Changed", body = Pledge)))]
#[patch("/api/v1/pledges/{id}")]
async fn update_pledge(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(patch): Json<PledgePatch>,
) -> Result<Tagged<Pledge>, Problem> {
    Ok(shown(&ctx, service::update(&ctx, id, &seen, &patch).await?))
}

/// Delete a pledge
///
/// Officers of the province, and the council secretary; only while it is a draft (409 otherwise). Its targets go with
/// it.
#[utoipa::path(tag = "pledges", params(("id" = Uuid, Path, description = "Id of the pledge"), IfMatch), responses((status = 204, description = "Deleted")))]
#[delete("/api/v1/pledges/{id}")]
async fn delete_pledge(ctx: Ctx, Path(id): Path<Uuid>, seen: IfMatch) -> Result<NoContent, Problem> {
    service::delete(&ctx, id, &seen).await?;
    Ok(NoContent)
}

/// Sign a pledge
///
/// Officers of the province, and the council secretary; between the launch of the cycle and the opening of self-scoring.
/// What the draft says already need not be repeated; what is missing afterwards, or a time in the future, blocks the step
/// (409 with `blockers`). Targets may follow later.
#[utoipa::path(tag = "pledges", params(("id" = Uuid, Path, description = "Id of the pledge"), IfMatch), request_body = Signature, responses((status = 200, description = "Signed", body = Pledge)))]
#[post("/api/v1/pledges/{id}/sign")]
async fn sign_pledge(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(signature): Json<Signature>,
) -> Result<Tagged<Pledge>, Problem> {
    Ok(shown(&ctx, service::sign(&ctx, id, &seen, &signature).await?))
}

/// Amend a signed pledge
///
/// Officers of the province, and the council secretary; until self-scoring opens. Words and targets change together, all
/// or nothing, and are recorded with the reason. An entry of `targets` with an `id` changes that target, one without adds
/// a target; `remove_target_ids` takes targets out. An amendment that changes nothing is refused (422 `unchanged`).
#[utoipa::path(tag = "pledges", params(("id" = Uuid, Path, description = "Id of the pledge"), IfMatch), request_body = NewAmendment, responses((status = 200, description = "Amended", body = Pledge)))]
#[post("/api/v1/pledges/{id}/amend")]
async fn amend_pledge(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(new): Json<NewAmendment>,
) -> Result<Tagged<Pledge>, Problem> {
    Ok(shown(&ctx, amend::amend(&ctx, id, &seen, &new).await?))
}

/// Conclude a pledge
///
/// Officers of the province, and the council secretary; from appraisal until the cycle is closed. Nothing of a concluded
/// pledge changes any more.
#[utoipa::path(tag = "pledges", params(("id" = Uuid, Path, description = "Id of the pledge"), IfMatch), responses((status = 200, description = "Concluded", body = Pledge)))]
#[post("/api/v1/pledges/{id}/conclude")]
async fn conclude_pledge(ctx: Ctx, Path(id): Path<Uuid>, seen: IfMatch) -> Result<Tagged<Pledge>, Problem> {
    Ok(shown(&ctx, service::conclude(&ctx, id, &seen).await?))
}

/// List the amendments of a pledge
///
/// Those who see the pledge. In the order in which they were made, each with what was promised before and after.
#[utoipa::path(tag = "pledges", params(("id" = Uuid, Path, description = "Id of the pledge"), PageQuery, AmendmentFilter), responses((status = 200, description = "One page", body = Page<Amendment>)))]
#[get("/api/v1/pledges/{id}/amendments")]
async fn list_pledge_amendments(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    List { page, filter }: List<AmendmentFilter>,
) -> Result<Listed<Amendment>, Problem> {
    let amendments = service::amendments(&ctx, id, &page, &filter).await?;
    Ok(Listed::new(amendments.map(Amendment::from), &page))
}

/// Get the pledge of a cluster
///
/// The pledges of all members of a cycle, with who has signed: for the members, the appraisers, the council and auditors.
/// The words of a pledge stand here for those who may read it.
#[utoipa::path(tag = "pledges", params(("id" = Uuid, Path, description = "Id of the cycle")), responses((status = 200, description = "The pledge of the cluster", body = ClusterPledge)))]
#[get("/api/v1/cycles/{id}/pledge")]
async fn get_cluster_pledge(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Reply<ClusterPledge>, Problem> {
    cluster::read(&ctx, id).await.map(Reply)
}

/// Print the pledge of a cluster
///
/// The same as a Word document in Vietnamese, to be printed and signed: text, targets and amendments of each pledge that the
/// caller may read, and who signed when and where.
#[utoipa::path(
    tag = "pledges",
    params(("id" = Uuid, Path, description = "Id of the cycle")),
    responses((
        status = 200,
        description = "The paper",
        headers(
            ("Content-Disposition" = String, description = "`attachment` with the name of the file"),
            ("Content-Security-Policy" = String, description = "Nothing in it may load or run"),
        ),
        content((Vec<u8> = "application/vnd.openxmlformats-officedocument.wordprocessingml.document")),
    )),
)]
#[get("/api/v1/cycles/{id}/pledge/content")]
async fn get_cluster_pledge_paper(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Made, Problem> {
    let (name, bytes) = cluster::paper(&ctx, id).await?;
    Ok(Made { name, media_type: MediaType::Docx, bytes })
}
