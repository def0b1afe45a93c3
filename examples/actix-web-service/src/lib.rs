//! A service for documents with actix-web. An extractor verifies the token of each request; then Authress is asked whether its user may do what the
//! route does.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::header::{self, HeaderName};
use actix_web::web::{Data, Path, ServiceConfig};
use actix_web::{FromRequest, HttpRequest, HttpResponse, ResponseError, get};
use authress::{AuthressClient, Error, Identity, TokenVerificationError};

/// Who is calling.
struct Caller(Identity);

impl FromRequest for Caller {
    type Error = Refusal;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Refusal>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let authress = request.app_data::<Data<AuthressClient>>().cloned();
        let mut headers = request.headers().get_all(header::AUTHORIZATION);
        // Of two tokens nobody knows whose request it is.
        let token = match (headers.next(), headers.next()) {
            (Some(token), None) => token.to_str().ok().map(str::to_owned),
            _ => None,
        };
        Box::pin(async move {
            let authress = authress.ok_or(Refusal::Misconfigured)?;
            let token = token.ok_or(Refusal::NoToken)?;
            Ok(Self(authress.verify_token(&token).await?))
        })
    }
}

/// Why a request is not answered with what was asked for.
#[derive(Debug)]
enum Refusal {
    NoToken,
    BadToken,
    Denied,
    /// Keys could not be had, or the question has no answer.
    CouldNotAsk,
    Misconfigured,
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{self:?}")
    }
}

impl From<TokenVerificationError> for Refusal {
    fn from(error: TokenVerificationError) -> Self {
        if error.is_token_invalid() {
            Self::BadToken
        } else {
            Self::CouldNotAsk
        }
    }
}

/// What has no answer is never taken for a no.
impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        if error.is_denied() {
            Self::Denied
        } else {
            Self::CouldNotAsk
        }
    }
}

impl ResponseError for Refusal {
    fn error_response(&self) -> HttpResponse {
        let challenge = |value: &'static str| (HeaderName::from_static("www-authenticate"), value);
        match self {
            Self::NoToken => HttpResponse::Unauthorized().insert_header(challenge("Bearer")).finish(),
            Self::BadToken => HttpResponse::Unauthorized()
                .insert_header(challenge(r#"Bearer error="invalid_token""#))
                .finish(),
            Self::Denied => HttpResponse::Forbidden().finish(),
            Self::CouldNotAsk => HttpResponse::ServiceUnavailable()
                .insert_header((header::RETRY_AFTER, "1"))
                .finish(),
            Self::Misconfigured => HttpResponse::InternalServerError().finish(),
        }
    }
}

#[get("/documents/{id}")]
async fn read(caller: Caller, authress: Data<AuthressClient>, id: Path<String>) -> Result<String, Refusal> {
    // One segment: what is encoded in it must not name another resource.
    if id.contains(['/', '\\', '*']) || [".", ".."].contains(&id.as_str()) {
        return Err(Refusal::Denied);
    }
    let document = format!("documents/{id}");
    authress
        .authorize_user(caller.0.user_id(), &document, "documents:read")
        .await?;
    Ok(format!("{document} for {}", caller.0.user_id()))
}

/// The routes of the service, with a client that has the access key of its service client.
pub fn service(authress: AuthressClient) -> impl FnOnce(&mut ServiceConfig) {
    move |config| {
        config.app_data(Data::new(authress)).service(read);
    }
}
