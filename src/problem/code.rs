//! The catalogue of problems.

use actix_web::http::StatusCode;

use crate::domain::phrase::Phrase;

/// What went wrong. A client may branch on the slug; it never changes meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    Malformed,
    BadParameter,
    Unauthenticated,
    Forbidden,
    PasswordChangeNeeded,
    NotFound,
    MethodNotAllowed,
    NotAcceptable,
    Conflict,
    WrongState,
    Blocked,
    Stale,
    TooLarge,
    UnsupportedMediaType,
    Invalid,
    PreconditionRequired,
    TooManyRequests,
    Internal,
    Unavailable,
}

/// One line of the catalogue.
#[derive(Clone, Debug)]
pub struct Row {
    pub status: StatusCode,
    pub slug: &'static str,
    pub title: Phrase,
    /// What it means and what to do about it: the page behind the problem's `type`.
    pub advice: Phrase,
}

impl Code {
    pub const ALL: [Self; 19] = [
        Self::Malformed,
        Self::BadParameter,
        Self::Unauthenticated,
        Self::Forbidden,
        Self::PasswordChangeNeeded,
        Self::NotFound,
        Self::MethodNotAllowed,
        Self::NotAcceptable,
        Self::Conflict,
        Self::WrongState,
        Self::Blocked,
        Self::Stale,
        Self::TooLarge,
        Self::UnsupportedMediaType,
        Self::Invalid,
        Self::PreconditionRequired,
        Self::TooManyRequests,
        Self::Internal,
        Self::Unavailable,
    ];

    pub const fn row(self) -> Row {
        match self {
            Self::Malformed => row(
                StatusCode::BAD_REQUEST,
                "malformed",
                Phrase::new("The request could not be read", "Không đọc được yêu cầu"),
                Phrase::new(
                    "The body is no well-formed JSON or form, it ended early, or the request breaks the protocol. Correct it before sending it again.",
                    "Nội dung không phải JSON hoặc biểu mẫu hợp lệ, bị cắt giữa chừng, hoặc yêu cầu sai giao thức. Hãy sửa trước khi gửi lại.",
                ),
            ),
            Self::BadParameter => row(
                StatusCode::BAD_REQUEST,
                "bad-parameter",
                Phrase::new("A query parameter is wrong", "Tham số truy vấn không đúng"),
                Phrase::new(
                    "A query parameter is unknown, given twice, or its value cannot be read; `errors` names it. The description of the operation lists what is taken.",
                    "Tham số truy vấn không tồn tại, bị lặp hoặc có giá trị không đọc được; `errors` nêu tên tham số. Xem mô tả của thao tác để biết các tham số hợp lệ.",
                ),
            ),
            Self::Unauthenticated => row(
                StatusCode::UNAUTHORIZED,
                "unauthenticated",
                Phrase::new("Valid credentials are needed", "Cần thông tin xác thực hợp lệ"),
                Phrase::new(
                    "Send `Authorization: Bearer <access token>` with a token that has not expired. Tokens come from `POST /api/v1/auth/sign-in`.",
                    "Hãy gửi `Authorization: Bearer <access token>` với mã truy cập còn hạn. Mã được cấp tại `POST /api/v1/auth/sign-in`.",
                ),
            ),
            Self::Forbidden => row(
                StatusCode::FORBIDDEN,
                "forbidden",
                Phrase::new("Your role does not allow this", "Vai trò của bạn không được phép làm việc này"),
                Phrase::new(
                    "You may know the resource, but this action is for others. `GET /api/v1/me` tells what you may do.",
                    "Bạn được biết tài nguyên này nhưng thao tác thuộc về người khác. `GET /api/v1/me` cho biết bạn được làm gì.",
                ),
            ),
            Self::PasswordChangeNeeded => row(
                StatusCode::FORBIDDEN,
                "password-change-needed",
                Phrase::new("Choose a password of your own first", "Trước hết hãy đặt mật khẩu của riêng bạn"),
                Phrase::new(
                    "You signed in with a one-time password. Change it at `POST /api/v1/auth/password` and sign in again.",
                    "Bạn đăng nhập bằng mật khẩu dùng một lần. Hãy đổi tại `POST /api/v1/auth/password` rồi đăng nhập lại.",
                ),
            ),
            Self::NotFound => row(
                StatusCode::NOT_FOUND,
                "not-found",
                Phrase::new("There is nothing here", "Không có gì ở đây"),
                Phrase::new(
                    "The path or the resource does not exist, or you may not know that it does.",
                    "Đường dẫn hoặc tài nguyên không tồn tại, hoặc bạn không được biết là có.",
                ),
            ),
            Self::MethodNotAllowed => row(
                StatusCode::METHOD_NOT_ALLOWED,
                "method-not-allowed",
                Phrase::new("The path does not take this method", "Đường dẫn không nhận phương thức này"),
                Phrase::new(
                    "The header `Allow` lists the methods it takes.",
                    "Tiêu đề `Allow` liệt kê các phương thức được nhận.",
                ),
            ),
            Self::NotAcceptable => row(
                StatusCode::NOT_ACCEPTABLE,
                "not-acceptable",
                Phrase::new("Only JSON is served here", "Ở đây chỉ phục vụ JSON"),
                Phrase::new(
                    "The header `Accept` excludes `application/json`. Leave it away or add `application/json`.",
                    "Tiêu đề `Accept` loại trừ `application/json`. Hãy bỏ tiêu đề này hoặc thêm `application/json`.",
                ),
            ),
            Self::Conflict => row(
                StatusCode::CONFLICT,
                "conflict",
                Phrase::new("It clashes with what is there", "Xung đột với dữ liệu hiện có"),
                Phrase::new(
                    "A unique value is taken, or something else depends on the resource. The detail says which.",
                    "Một giá trị duy nhất đã được dùng, hoặc tài nguyên đang được nơi khác sử dụng. Phần chi tiết nêu rõ.",
                ),
            ),
            Self::WrongState => row(
                StatusCode::CONFLICT,
                "wrong-state",
                Phrase::new("Not possible in the present state", "Không thể thực hiện ở trạng thái hiện tại"),
                Phrase::new(
                    "The resource has moved on, or is not there yet. `allowed_actions` of its representation lists what is possible now.",
                    "Tài nguyên đã qua hoặc chưa tới bước này. `allowed_actions` cho biết hiện có thể làm gì.",
                ),
            ),
            Self::Blocked => row(
                StatusCode::CONFLICT,
                "blocked",
                Phrase::new(
                    "Something stands in the way of this step",
                    "Còn vướng mắc nên chưa thể thực hiện bước này",
                ),
                Phrase::new(
                    "`blockers` lists each thing that must be settled first: a stable code, a message, and what it points to.",
                    "`blockers` liệt kê từng việc phải giải quyết trước: mã ổn định, thông báo và đối tượng liên quan.",
                ),
            ),
            Self::Stale => row(
                StatusCode::PRECONDITION_FAILED,
                "stale",
                Phrase::new("Someone changed it first", "Đã có người thay đổi trước"),
                Phrase::new(
                    "The version in `If-Match` is no longer the present one. Read the resource again, look at the change, then repeat with the new `ETag`.",
                    "Phiên bản trong `If-Match` không còn là phiên bản hiện tại. Hãy đọc lại tài nguyên, xem thay đổi rồi gửi lại với `ETag` mới.",
                ),
            ),
            Self::TooLarge => row(
                StatusCode::PAYLOAD_TOO_LARGE,
                "too-large",
                Phrase::new("The body is too large", "Nội dung quá lớn"),
                Phrase::new(
                    "A JSON body may have 1 MiB, an uploaded file 20 MiB.",
                    "Nội dung JSON tối đa 1 MiB, tệp tải lên tối đa 20 MiB.",
                ),
            ),
            Self::UnsupportedMediaType => row(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "unsupported-media-type",
                Phrase::new("The body has the wrong media type", "Kiểu nội dung không đúng"),
                Phrase::new(
                    "Send `Content-Type: application/json`; a PATCH takes `application/merge-patch+json` too, and a file comes as `multipart/form-data`.",
                    "Hãy gửi `Content-Type: application/json`; PATCH nhận cả `application/merge-patch+json`, còn tệp gửi bằng `multipart/form-data`.",
                ),
            ),
            Self::Invalid => row(
                StatusCode::UNPROCESSABLE_ENTITY,
                "invalid",
                Phrase::new("A member of the body breaks a rule", "Có trường trong nội dung vi phạm quy tắc"),
                Phrase::new(
                    "`errors` names each member by its JSON pointer, with a stable code and the reason. Nothing was changed.",
                    "`errors` nêu từng trường bằng JSON pointer, kèm mã ổn định và lý do. Không có gì bị thay đổi.",
                ),
            ),
            Self::PreconditionRequired => row(
                StatusCode::PRECONDITION_REQUIRED,
                "precondition-required",
                Phrase::new("Say which version you saw", "Hãy cho biết phiên bản bạn đã xem"),
                Phrase::new(
                    "Send `If-Match` with the `ETag` of the representation you read, so that nobody's change is overwritten unseen.",
                    "Hãy gửi `If-Match` với `ETag` của bản bạn đã đọc để không ghi đè thay đổi của người khác.",
                ),
            ),
            Self::TooManyRequests => row(
                StatusCode::TOO_MANY_REQUESTS,
                "too-many-requests",
                Phrase::new("Too many attempts", "Quá nhiều lần thử"),
                Phrase::new("Wait as long as `Retry-After` says.", "Hãy chờ đủ số giây trong `Retry-After`."),
            ),
            Self::Internal => row(
                StatusCode::INTERNAL_SERVER_ERROR,
                "internal",
                Phrase::new("Our fault, and logged", "Lỗi của hệ thống, đã được ghi lại"),
                Phrase::new(
                    "Nothing was changed. Report the `request_id` to the operator.",
                    "Không có gì bị thay đổi. Hãy báo `request_id` cho đơn vị vận hành.",
                ),
            ),
            Self::Unavailable => row(
                StatusCode::SERVICE_UNAVAILABLE,
                "unavailable",
                Phrase::new("Try again shortly", "Hãy thử lại sau giây lát"),
                Phrase::new(
                    "The service is busy, or its database or its store of files cannot be reached. Repeat after `Retry-After` seconds.",
                    "Dịch vụ đang bận, hoặc chưa kết nối được cơ sở dữ liệu hay kho tệp. Hãy gửi lại sau số giây trong `Retry-After`.",
                ),
            ),
        }
    }
}

const fn row(status: StatusCode, slug: &'static str, title: Phrase, advice: Phrase) -> Row {
    Row { status, slug, title, advice }
}
