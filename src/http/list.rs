//! Lists: keyset pages with opaque cursors, exact totals on demand, trimmed members.

use actix_web::{HttpRequest, HttpResponse, Responder, body::BoxBody, http::header};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use sea_orm::{
    ColumnTrait, ColumnType, Condition, ConnectionTrait, EntityTrait, Iden, Iterable, ModelTrait, Order,
    PaginatorTrait, PrimaryKeyToColumn, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select, Value,
    sea_query::{Expr, ExprTrait, SelectStatement, SimpleExpr, UnionType},
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};
use utoipa::{
    IntoParams, PartialSchema, ToSchema,
    openapi::{RefOr, Schema},
};

use super::{
    query, reply,
    sort::{SortBy, Sorts},
};
use crate::{domain::phrase::Phrase, problem::Problem};

/// Items on a page unless told otherwise.
const DEFAULT_LIMIT: u16 = 50;
/// The most items on a page.
const MOST: u16 = 200;
/// The most parts of a list that are read one by one: each repeats all parameters of the statement.
const MOST_PARTS: usize = 16;

/// What every list takes.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PageQuery {
    /// Items on the page, 1 to 200
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<u16>,
    /// Where to go on: `page.next` of the page before, unchanged
    cursor: Option<String>,
    /// Whether to count all items under the same filter into `page.total`
    #[serde(default)]
    #[param(required = false, default = false)]
    total: bool,
    /// Only these members of each item, by comma: `fields=id,name`
    #[param(example = "id,version")]
    fields: Option<String>,
}

impl PageQuery {
    pub(super) const NAMES: [&'static str; 4] = ["limit", "cursor", "total", "fields"];

    pub(super) fn read(pairs: Vec<(String, String)>) -> Result<Self, Problem> {
        let page: Self = query::typed(pairs)?;
        if !(1..=MOST).contains(&page.limit()) {
            let message = Phrase::new("between 1 and 200", "từ 1 đến 200");
            return Err(Problem::bad_parameter("limit", "range", message));
        }
        Ok(page)
    }

    fn limit(&self) -> u16 {
        self.limit.unwrap_or(DEFAULT_LIMIT)
    }
}

/// One page of a list
#[derive(Debug, Serialize, ToSchema)]
pub struct Page<T> {
    /// The items, in the order asked for
    pub data: Vec<T>,
    /// Where the page stands
    pub page: PageInfo,
}

/// Where a page stands in its list
#[derive(Debug, Serialize, ToSchema)]
pub struct PageInfo {
    /// The cursor of the next page; null on the last one
    #[schema(required = true)]
    pub next: Option<String>,
    /// Items asked for on a page
    #[schema(minimum = 1, maximum = 200, example = 50)]
    pub limit: u16,
    /// All items under the same filter and visibility; only with `total=true`
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, nullable = false)]
    pub total: Option<u64>,
}

impl<T> Page<T> {
    pub fn map<U>(self, f: impl FnMut(T) -> U) -> Page<U> {
        Page { data: self.data.into_iter().map(f).collect(), page: self.page }
    }
}

/// Runs a list: the filtered `select`, sorted, from the cursor on, one row more than wanted to learn whether there is
/// a next page. One statement; two with `total=true`.
pub async fn page<K: SortBy>(
    db: &impl ConnectionTrait,
    select: Select<K::Entity>,
    sorts: Option<&Sorts<K>>,
    query: &PageQuery,
) -> Result<Page<<K::Entity as EntityTrait>::Model>, Problem>
where
    <K::Entity as EntityTrait>::Model: ModelTrait<Entity = K::Entity> + Sync + Send,
{
    page_of_parts(db, select, vec![], sorts, query).await
}

/// Runs a list of rows that are in one of several parts, no row in two of them: this province's, that province's.
///
/// An index runs along one part in the order of the list. Of several parts a database would read and sort every row to
/// find the first of them; so each gives its own first rows, and those alone are sorted. No parts are the whole list.
pub async fn page_of_parts<K: SortBy>(
    db: &impl ConnectionTrait,
    select: Select<K::Entity>,
    parts: Vec<Condition>,
    sorts: Option<&Sorts<K>>,
    query: &PageQuery,
) -> Result<Page<<K::Entity as EntityTrait>::Model>, Problem>
where
    <K::Entity as EntityTrait>::Model: ModelTrait<Entity = K::Entity> + Sync + Send,
{
    let whole = if parts.is_empty() {
        select.clone()
    } else {
        select.clone().filter(parts.iter().cloned().fold(Condition::any(), Condition::add))
    };
    let total = if query.total { Some(whole.clone().count(db).await?) } else { None };
    let keys = keys::<K>(sorts);
    let behind = match &query.cursor {
        Some(cursor) => after::<K::Entity>(&keys, &decode::<K::Entity>(cursor, &keys)?),
        None => Condition::all(),
    };
    let limit = query.limit();
    let first = |select: Select<K::Entity>| {
        let ordered = keys.iter().fold(select.filter(behind.clone()), |select, (column, order)| {
            select.order_by(Expr::col((K::Entity::default(), *column)), order.clone())
        });
        ordered.limit(u64::from(limit) + 1)
    };
    let select = if (2..=MOST_PARTS).contains(&parts.len()) {
        let parts = parts.into_iter().map(|part| first(select.clone().filter(part)));
        first(K::Entity::find().filter(Condition::all().add_option(in_any::<K::Entity>(parts))))
    } else {
        first(whole)
    };
    let mut data = select.all(db).await?;
    let more = data.len() > usize::from(limit);
    data.truncate(limit.into());
    let next = data.last().filter(|_| more).map(|row| encode::<K::Entity>(row, &keys)).transpose()?;
    Ok(Page { data, page: PageInfo { next, limit, total } })
}

/// Rows that one of these selections finds. Each stands in brackets of its own, with its own order and limit.
fn in_any<E: EntityTrait>(parts: impl Iterator<Item = Select<E>>) -> Option<SimpleExpr> {
    let key = E::PrimaryKey::iter().next()?.into_column();
    let part = |part: Select<E>| {
        let rows = part.select_only().column(key).into_query();
        SelectStatement::new().column(key).from_subquery(rows, "part").take()
    };
    let union = parts.map(part).reduce(|mut before, part| before.union(UnionType::All, part).take())?;
    Some(key.in_subquery(union))
}

type Keys<E> = Vec<(<E as EntityTrait>::Column, Order)>;

/// The sort order, made total by the id: no two rows compare equal, so a walk neither skips nor repeats.
fn keys<K: SortBy>(sorts: Option<&Sorts<K>>) -> Keys<K::Entity> {
    let mut keys = Sorts::columns(sorts);
    let last = keys.last().map_or(Order::Asc, |(_, order)| order.clone());
    keys.extend(<K::Entity as EntityTrait>::PrimaryKey::iter().map(|key| (key.into_column(), last.clone())));
    keys
}

/// Everything behind the row with these values: (a > x) or (a = x and b > y) or …, and so in any case a >= x, which alone
/// leads an index to where the page begins.
fn after<E: EntityTrait>(keys: &Keys<E>, values: &[Value]) -> Condition {
    let mut any = Condition::any();
    for (depth, ((column, order), value)) in keys.iter().zip(values).enumerate() {
        let mut all = Condition::all();
        for ((earlier, _), value) in keys.iter().zip(values).take(depth) {
            all = all.add(Expr::col((E::default(), *earlier)).eq(value.clone()));
        }
        let column = Expr::col((E::default(), *column));
        all = all.add(if *order == Order::Desc { column.lt(value.clone()) } else { column.gt(value.clone()) });
        any = any.add(all);
    }
    let bound = keys.iter().zip(values).next().map(|((column, order), value)| {
        let column = Expr::col((E::default(), *column));
        if *order == Order::Desc { column.lte(value.clone()) } else { column.gte(value.clone()) }
    });
    Condition::all().add_option(bound).add(any)
}

/// A cursor: the sort order it belongs to, and the last row's values.
#[derive(Serialize, Deserialize)]
struct Token(Vec<String>, Vec<String>);

fn signature<E: EntityTrait>(keys: &Keys<E>) -> Vec<String> {
    keys.iter()
        .map(|(column, order)| format!("{}{}", if *order == Order::Desc { "-" } else { "" }, column.unquoted()))
        .collect()
}

fn encode<E: EntityTrait>(row: &E::Model, keys: &Keys<E>) -> Result<String, Problem> {
    let values = keys.iter().map(|(column, _)| written(row.get(*column))).collect::<Option<_>>();
    let values = values.ok_or_else(|| Problem::internal("a sort column is null or of a type no cursor holds"))?;
    let token = serde_json::to_vec(&Token(signature::<E>(keys), values)).map_err(Problem::internal)?;
    Ok(BASE64_URL_SAFE_NO_PAD.encode(token))
}

fn decode<E: EntityTrait>(cursor: &str, keys: &Keys<E>) -> Result<Vec<Value>, Problem> {
    let foreign = || {
        let message =
            Phrase::new("it is no cursor of this list and order", "không phải con trỏ của danh sách và thứ tự này");
        Problem::bad_parameter("cursor", "unreadable", message)
    };
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(cursor).map_err(|_| foreign())?;
    let Token(order, values) = serde_json::from_slice(&bytes).map_err(|_| foreign())?;
    if order != signature::<E>(keys) || values.len() != keys.len() || values.iter().any(|value| value.contains('\0')) {
        return Err(foreign());
    }
    let value = |((column, _), text): (&(E::Column, Order), &String)| read(column.def().get_column_type(), text);
    keys.iter().zip(&values).map(value).collect::<Option<_>>().ok_or_else(foreign)
}

fn written(value: Value) -> Option<String> {
    match value {
        Value::String(text) => text,
        Value::Int(number) => number.map(|number| number.to_string()),
        Value::BigInt(number) => number.map(|number| number.to_string()),
        Value::Uuid(id) => id.map(|id| id.to_string()),
        Value::ChronoDate(date) => date.map(|date| date.to_string()),
        Value::ChronoDateTimeUtc(time) => time.map(|time| time.to_rfc3339()),
        _ => None,
    }
}

fn read(column: &ColumnType, text: &str) -> Option<Value> {
    match column {
        ColumnType::Integer => text.parse::<i32>().ok().map(Value::from),
        ColumnType::BigInteger => text.parse::<i64>().ok().map(Value::from),
        ColumnType::Uuid => text.parse::<uuid::Uuid>().ok().map(Value::from),
        ColumnType::Date => text.parse::<chrono::NaiveDate>().ok().map(Value::from),
        ColumnType::TimestampWithTimeZone => text.parse::<chrono::DateTime<chrono::Utc>>().ok().map(Value::from),
        ColumnType::Text | ColumnType::String(_) | ColumnType::Enum { .. } => Some(text.into()),
        _ => None,
    }
}

/// A page on its way out: with its `Link` to the next one, trimmed to the members asked for, and with what stands beside
/// its items.
pub struct Listed<T> {
    page: Page<T>,
    fields: Option<String>,
    beside: Map<String, Json>,
}

impl<T> Listed<T> {
    pub fn new(page: Page<T>, query: &PageQuery) -> Self {
        Self { page, fields: query.fields.clone(), beside: Map::new() }
    }

    /// Puts a member beside `data` and `page`.
    pub fn beside(mut self, name: &str, value: &impl Serialize) -> Result<Self, Problem> {
        self.beside.insert(name.to_owned(), serde_json::to_value(value).map_err(Problem::internal)?);
        Ok(self)
    }
}

/// The whole answer.
#[derive(Serialize)]
struct Whole<'a, T> {
    #[serde(flatten)]
    beside: &'a Map<String, Json>,
    #[serde(flatten)]
    page: &'a Page<T>,
}

impl<T: Serialize + PartialSchema> Responder for Listed<T> {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse<BoxBody> {
        let Self { page, fields, beside } = self;
        let link = page.page.next.as_ref().map(|cursor| next_link(request, cursor));
        let mut answer = match fields {
            None if beside.is_empty() => reply::json(request, &page, None),
            None => reply::json(request, &Whole { beside: &beside, page: &page }, None),
            Some(fields) => match trimmed(page, &fields) {
                Ok(page) => reply::json(request, &Whole { beside: &beside, page: &page }, None),
                Err(problem) => HttpResponse::from_error(problem),
            },
        };
        if let Some(link) = link.and_then(|link| header::HeaderValue::from_str(&link).ok()) {
            answer.headers_mut().insert(header::LINK, link);
        }
        answer
    }
}

fn next_link(request: &HttpRequest, cursor: &str) -> String {
    let mut pairs: Vec<(String, String)> = serde_urlencoded::from_str(request.query_string()).unwrap_or_default();
    pairs.retain(|(name, _)| name != "cursor");
    pairs.push(("cursor".into(), cursor.into()));
    format!("<{}?{}>; rel=\"next\"", request.path(), serde_urlencoded::to_string(pairs).unwrap_or_default())
}

fn trimmed<T: Serialize + PartialSchema>(page: Page<T>, fields: &str) -> Result<Page<serde_json::Value>, Problem> {
    let wanted: Vec<&str> = fields.split(',').map(str::trim).collect();
    let known = members(&T::schema());
    if let Some(unknown) = wanted.iter().find(|name| !known.iter().any(|known| known == *name)) {
        let message = Phrase::made(
            format!("there is no member `{unknown}`; known: {}", known.join(", ")),
            format!("không có trường `{unknown}`; các trường: {}", known.join(", ")),
        );
        return Err(Problem::bad_parameter("fields", "unknown_member", message));
    }
    let trim = |item: T| -> Result<serde_json::Value, Problem> {
        let mut value = serde_json::to_value(item).map_err(Problem::internal)?;
        if let Some(members) = value.as_object_mut() {
            members.retain(|name, _| wanted.contains(&name.as_str()));
        }
        Ok(value)
    };
    Ok(Page { data: page.data.into_iter().map(trim).collect::<Result<_, _>>()?, page: page.page })
}

fn members(schema: &RefOr<Schema>) -> Vec<String> {
    match schema {
        RefOr::T(Schema::Object(object)) => object.properties.keys().cloned().collect(),
        RefOr::T(Schema::AllOf(all)) => all.items.iter().flat_map(members).collect(),
        _ => vec![],
    }
}
