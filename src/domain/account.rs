//! Accounts: how they are named, which province they belong to, and who can be kept out.

use entity::vocab::Role;
use uuid::Uuid;

use super::{
    phrase::Phrase,
    refusal::{Fault, Refusal},
};

/// The fewest characters of a user name.
pub const USERNAME_MIN: usize = 3;
/// The most characters of a user name.
pub const USERNAME_MAX: usize = 64;
/// A user name: small Latin letters, digits, and single dots, dashes or underscores between them.
pub const USERNAME_PATTERN: &str = "^[a-z0-9]+([._-][a-z0-9]+)*$";

/// The fault of a user name that breaks [`USERNAME_PATTERN`] or its bounds.
pub fn misnamed(username: &str) -> Option<Fault> {
    let letter = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    let fits = (USERNAME_MIN..=USERNAME_MAX).contains(&username.chars().count())
        && username.split(['.', '_', '-']).all(|part| !part.is_empty() && part.chars().all(letter));
    let rule = Phrase::new(
        "3 to 64 small Latin letters and digits, with single dots, dashes or underscores between them",
        "từ 3 đến 64 chữ cái Latinh thường và chữ số, ở giữa có thể có từng dấu chấm, gạch nối hoặc gạch dưới",
    );
    (!fits).then(|| Fault::new("/username", "pattern", rule))
}

/// The fault of a role without the province it needs, or with one it must not have.
pub fn misplaced(role: Role, province_id: Option<Uuid>) -> Option<Fault> {
    let needed = || Phrase::new("a province officer needs a province", "cán bộ tỉnh phải thuộc một tỉnh");
    let odd =
        || Phrase::new("only officers and appraisers have a province", "chỉ cán bộ tỉnh và người thẩm định có tỉnh");
    match (role, province_id) {
        (Role::ProvinceOfficer, None) => Some(Fault::new("/province_id", "required", needed())),
        (Role::ProvinceOfficer, Some(_)) | (Role::Appraiser, _) | (_, None) => None,
        (_, Some(_)) => Some(Fault::new("/province_id", "not_allowed", odd())),
    }
}

/// What keeps an account from being shut out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    pub role: Role,
    pub disabled: bool,
    /// The account is the caller's own.
    pub own: bool,
    /// Administrators that are not disabled, this one included.
    pub administrators: u64,
}

impl Standing {
    /// Whether the account can be disabled.
    pub fn disable(self) -> Result<(), Refusal> {
        if self.disabled {
            return Err(Refusal::WrongState(Phrase::new("the account is disabled", "tài khoản đã bị khóa")));
        }
        if self.own {
            return Err(Refusal::Conflict(Phrase::new(
                "nobody can disable the own account",
                "không ai được khóa tài khoản của chính mình",
            )));
        }
        self.leave_administration()
    }

    /// Whether the account can be enabled.
    pub fn enable(self) -> Result<(), Refusal> {
        if self.disabled {
            return Ok(());
        }
        Err(Refusal::WrongState(Phrase::new("the account is not disabled", "tài khoản không bị khóa")))
    }

    /// Whether the account can have this role from now on.
    pub fn take_role(self, role: Role) -> Result<(), Refusal> {
        if role == self.role || self.role != Role::Administrator {
            return Ok(());
        }
        if self.own {
            return Err(Refusal::Conflict(Phrase::new(
                "nobody can give up the own administration",
                "không ai được tự bỏ vai trò quản trị của mình",
            )));
        }
        self.leave_administration()
    }

    fn leave_administration(self) -> Result<(), Refusal> {
        if self.role == Role::Administrator && !self.disabled && self.administrators <= 1 {
            return Err(Refusal::Conflict(Phrase::new(
                "it is the last administrator who can sign in",
                "đây là quản trị viên cuối cùng còn đăng nhập được",
            )));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Role::{Administrator, Appraiser, Auditor, CouncilSecretary, ProvinceOfficer};

    #[test]
    fn user_names() {
        for good in ["administrator", "yen-bai.01", "a_b", "123", &"x".repeat(64)] {
            assert_eq!(misnamed(good), None, "{good}");
        }
        for bad in ["", "ab", "Yên", "yên-bái", "A-b-c", "a b", "a..b", ".abc", "abc-", "a@b", "abc\n", &"x".repeat(65)]
        {
            assert!(misnamed(bad).is_some(), "{bad:?}");
        }
    }

    #[test]
    fn who_belongs_to_a_province() {
        let code = |role, province| misplaced(role, province).map(|fault| fault.code);
        #[rustfmt::skip]
        let cases = [
            //                  without             with a province
            (Administrator,     None,               Some("not_allowed")),
            (CouncilSecretary,  None,               Some("not_allowed")),
            (ProvinceOfficer,   Some("required"),   None),
            (Appraiser,         None,               None),
            (Auditor,           None,               Some("not_allowed")),
        ];
        for (role, without, with) in cases {
            assert_eq!((code(role, None), code(role, Some(Uuid::nil()))), (without, with), "{role:?}");
        }
    }

    #[test]
    fn who_can_be_shut_out() {
        let of = |role, disabled, own, administrators| Standing { role, disabled, own, administrators };
        let why = |asked: Result<(), Refusal>| match asked {
            Ok(()) => "yes",
            Err(Refusal::WrongState(_)) => "state",
            Err(_) => "conflict",
        };
        #[rustfmt::skip]
        let cases = [
            //                                          disable     enable   to auditor
            (of(Auditor,       false, false, 1),        "yes",      "state", "yes"),
            (of(Auditor,       true,  false, 1),        "state",    "yes",   "yes"),
            (of(Auditor,       false, true,  1),        "conflict", "state", "yes"),
            (of(Administrator, false, false, 2),        "yes",      "state", "yes"),
            (of(Administrator, false, false, 1),        "conflict", "state", "conflict"),
            (of(Administrator, false, true,  2),        "conflict", "state", "conflict"),
            (of(Administrator, true,  false, 1),        "state",    "yes",   "yes"),
        ];
        for (standing, disable, enable, demote) in cases {
            let found = (why(standing.disable()), why(standing.enable()), why(standing.take_role(Auditor)));
            assert_eq!(found, (disable, enable, demote), "{standing:?}");
            assert_eq!(why(standing.take_role(standing.role)), "yes");
        }
    }
}
