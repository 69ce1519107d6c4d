//! Accounts on the wire.

use chrono::{DateTime, Utc};
use entity::{user_account, vocab::Role};
use sea_orm::Order;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::http::{AllowedAction, Csv, Line, Patch, SortBy, Sorts, given, line};

/// An account: a person who can sign in
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct User {
    pub id: Uuid,
    /// Unique; never changes
    #[schema(example = "yen-bai.01")]
    pub username: String,
    #[schema(example = "Nguyễn Thị Hoa")]
    pub display_name: String,
    pub role: Role,
    /// The province an officer acts for, or an appraiser comes from; null for others
    #[schema(required = true)]
    pub province_id: Option<Uuid>,
    /// The password is a one-time password, to be changed at the first sign-in
    pub must_change_password: bool,
    /// Since when the account cannot sign in; null while it can
    #[schema(required = true)]
    pub disabled_at: Option<DateTime<Utc>>,
    /// Grows by one on every change; the first part of the `ETag`
    #[schema(minimum = 1, example = 1)]
    pub version: i32,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    /// The steps of an account, and whether the caller may take them now
    pub allowed_actions: Vec<AllowedAction>,
}

impl User {
    pub(super) fn new(row: user_account::Model, allowed_actions: Vec<AllowedAction>) -> Self {
        // Taken apart in full: a new column does not compile until someone decides whether the world may see it.
        let user_account::Model {
            id,
            username,
            display_name,
            role,
            province_id,
            password_hash: _,
            must_change_password,
            disabled_at,
            search_text: _,
            version,
            created_at,
            updated_at,
        } = row;
        Self {
            id,
            username,
            display_name,
            role,
            province_id,
            must_change_password,
            disabled_at,
            version,
            created_at,
            updated_at,
            allowed_actions,
        }
    }
}

/// An account with a new one-time password
#[derive(Serialize, ToSchema)]
pub(super) struct UserWithPassword {
    #[serde(flatten)]
    pub user: User,
    /// Told this once and never again: hand it to the person, who changes it at the first sign-in
    #[schema(example = "q7Rk2mVx9TzLw4Bn8HsD")]
    pub one_time_password: String,
}

/// A new account
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "username": "auditor.01", "display_name": "Nguyễn Thị Hoa", "role": "auditor" }))]
pub(super) struct NewUser {
    /// Unique: small Latin letters and digits, with single dots, dashes or underscores between them
    #[schema(min_length = 3, max_length = 64, pattern = "^[a-z0-9]+([._-][a-z0-9]+)*$")]
    pub username: String,
    #[validate(custom(function = line))]
    #[schema(value_type = Line)]
    pub display_name: String,
    pub role: Role,
    /// Needed for a province officer, possible for an appraiser, refused for others
    pub province_id: Option<Uuid>,
}

/// What changes of an account; an absent member stays as it is
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "display_name": "Trần Văn Nam", "role": "auditor", "province_id": null }))]
pub(super) struct UserPatch {
    #[serde(default, deserialize_with = "given")]
    #[validate(custom(function = line))]
    #[schema(value_type = Line, required = false)]
    pub display_name: Option<String>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Role, required = false)]
    pub role: Option<Role>,
    /// Needed for a province officer, possible for an appraiser, refused for others; null takes it away
    #[serde(default)]
    #[schema(value_type = Option<Uuid>)]
    pub province_id: Patch<Uuid>,
}

/// What accounts can be sorted by
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum UserSort {
    Username,
    CreatedAt,
}

impl SortBy for UserSort {
    type Entity = user_account::Entity;

    const DEFAULT: &'static [(Self, Order)] = &[(Self::Username, Order::Asc)];

    fn column(self) -> user_account::Column {
        match self {
            Self::Username => user_account::Column::Username,
            Self::CreatedAt => user_account::Column::CreatedAt,
        }
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct UserFilter {
    /// Part of the user name or the name; accents and case do not matter
    pub q: Option<String>,
    /// Roles, by comma
    #[param(value_type = Option<Vec<Role>>, style = Form, explode = false)]
    pub role: Option<Csv<Role>>,
    /// Provinces, by comma
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub province_id: Option<Csv<Uuid>>,
    /// Those who cannot sign in, or those who can
    pub disabled: Option<bool>,
    /// `username`, `created_at`, several by comma; a minus turns the order round
    #[param(value_type = Option<String>, example = "username", pattern = "^-?(username|created_at)(,-?(username|created_at))*$")]
    pub sort: Option<Sorts<UserSort>>,
}
