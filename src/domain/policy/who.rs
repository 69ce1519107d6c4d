//! Who asks, and how they are tied to what they ask for.

use entity::vocab::Role::{self, *};
use uuid::Uuid;

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Anybody, without an account.
    Public,
    Account(Account),
}

/// A signed-in person, as the access token says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Account {
    pub id: Uuid,
    pub role: Role,
    /// The province the person acts for (officer) or comes from (appraiser).
    pub province_id: Option<Uuid>,
}

impl Who {
    pub fn account(self) -> Option<Account> {
        match self {
            Self::Public => None,
            Self::Account(account) => Some(account),
        }
    }

    pub fn role(self) -> Option<Role> {
        self.account().map(|account| account.role)
    }

    pub fn id(self) -> Option<Uuid> {
        self.account().map(|account| account.id)
    }

    /// The province an officer acts for. An appraiser's province gives no rights, it only takes some away.
    pub fn officer_of(self) -> Option<Uuid> {
        self.account().filter(|account| account.role == ProvinceOfficer).and_then(|account| account.province_id)
    }

    /// Sees and does everything but what a rule forbids to everybody.
    pub(super) fn is_central(self) -> bool {
        matches!(self.role(), Some(Administrator | CouncilSecretary))
    }

    /// Reads everything.
    pub fn sees_all(self) -> bool {
        matches!(self.role(), Some(Administrator | CouncilSecretary | Auditor))
    }
}

/// How the caller is tied to one cycle, and to one province's things in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tie {
    /// An officer of the province that is head of the cycle.
    pub head: bool,
    /// An officer of a province that is a deputy of the cycle.
    pub deputy: bool,
    /// An officer of a province that is a member of the cycle.
    pub member: bool,
    /// An officer of the province that is host of the very conference.
    pub host: bool,
    /// An appraiser assigned to the cycle.
    pub appraiser: bool,
    /// An officer of a province that is to score the very sheet as a peer.
    pub peer: bool,
    /// An officer of the very province the thing belongs to.
    pub own: bool,
    /// Comes from the province the thing belongs to, in whatever role (conflict of interest).
    pub interested: bool,
    /// The cycle is published.
    pub published: bool,
    /// The thing itself is meant for all members: a signed pledge, say.
    pub shared: bool,
}

impl Tie {
    /// The same tie, seen from one province's things in the cycle.
    pub fn to_province(self, who: Who, province_id: Uuid) -> Self {
        let interested = who.account().is_some_and(|account| account.province_id == Some(province_id));
        Self { own: who.officer_of() == Some(province_id), interested, ..self }
    }

    /// The same tie, to a thing that is meant for all members, or is not.
    pub fn sharing(self, shared: bool) -> Self {
        Self { shared, ..self }
    }
}
