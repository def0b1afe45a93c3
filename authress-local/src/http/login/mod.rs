//! How users come by their tokens: at once, with an identity provider of one's own, through an extension, or by delegation.
//!
//! What these have in common is here: who may make a token for a user, and the token itself. Signatures are verified without a lock.

mod begin;
mod delegation;
mod finish;
mod oauth;
mod pkce;
mod provider;
mod redirect;
mod user_token;

use http::StatusCode;
use http::header::AUTHORIZATION;
use serde_json::{Value, json};

pub(super) use self::begin::{authenticate, update};
pub(super) use self::delegation::delegate;
pub(super) use self::finish::{login, token};
pub(super) use self::oauth::{authorize, request_token};
use super::access::forbidden;
use super::answer::{Answer, Problem};
use super::bearer;
use super::call::Call;
use super::seconds;
use crate::keys::random_id;
use crate::keys::token::{self, UserToken};
use crate::store::{LoggedIn, ServiceClient, Store};

/// Longest id of a user, in characters.
const MAX_USER_ID: usize = 128;

/// Longest id of anything else, in characters.
const MAX_ID: usize = 128;

impl Call<'_> {
    /// The time, as tokens have it.
    fn seconds(&self) -> u64 {
        seconds(self.now)
    }

    /// The caller, when the request has a token; one that is bad is refused.
    fn caller_if_any(&self) -> Result<Option<String>, Problem> {
        if self.parts.headers.contains_key(AUTHORIZATION) {
            bearer::caller(self.shared, &self.parts.headers, self.now).map(Some)
        } else {
            Ok(None)
        }
    }

    /// A query parameter that must be there.
    fn required_query(&self, name: &str) -> Result<String, Problem> {
        self.query(name)
            .filter(|value| !value.is_empty())
            .ok_or_else(|| Problem::invalid(format!("request.query.{name}: is missing")))
    }

    /// Refuses a caller who may not make a token for `user_id`: that is to be this user.
    ///
    /// Service clients with the option for it may, for users. For service clients, some of which may do everything, only who may do everything.
    fn require_token_generation(&self, store: &Store, user_id: &str) -> Result<(), Problem> {
        let may = store
            .clients
            .get(&self.caller)
            .is_some_and(ServiceClient::may_make_tokens);
        if may && !is_service_client(store, user_id) {
            return Ok(());
        }
        self.require_everything(store).map_err(|_| {
            forbidden(if may {
                "The token would be a service client's, and the caller has not Authress:Owner on everything"
            } else {
                "The caller is no service client with the option grantTokenGeneration, and has not Authress:Owner on everything"
            })
        })
    }
}

/// Whether a user id is one of the names of a service client, or would be taken for one.
fn is_service_client(store: &Store, user_id: &str) -> bool {
    store.engine.user(user_id) != user_id || store.clients.contains_key(user_id)
}

/// Checks a text that names something.
fn check_text(place: &str, text: &str, most: usize) -> Result<(), Problem> {
    if (1..=most).contains(&text.chars().count()) && !text.chars().any(char::is_control) {
        Ok(())
    } else {
        let title = format!("request.{place}: must have 1 to {most} characters, none of them a control character");
        Err(Problem::invalid(title))
    }
}

/// 256 random bits, for what nobody may guess.
fn secret() -> Result<String, Problem> {
    random_id(32).map_err(|error| Problem::internal(&error))
}

/// What is answered when there is no room for one more login.
fn too_many() -> Problem {
    let title = "There are too many logins under way";
    Problem::new(StatusCode::TOO_MANY_REQUESTS, "TooManyRequests", title)
}

/// The token of a user who has logged in.
fn token_of(call: &Call<'_>, login: &LoggedIn) -> Result<Answer, Problem> {
    let account = &call.shared.account;
    let mut claims = UserToken::new(account, &login.user, call.seconds());
    claims.application = &login.application;
    if let Some(tenant) = &login.tenant {
        claims.audience = tenant;
    }
    if let Some(connection) = &login.connection {
        claims.connection = connection;
    }
    signed(call, claims)
}

/// The answer that holds a token (RFC 6749 section 5.1), with what all tokens of the user have besides, and an id by which it can be disabled.
fn signed(call: &Call<'_>, mut claims: UserToken<'_>) -> Result<Answer, Problem> {
    let others = call
        .shared
        .read(|store| store.token_claims(store.engine.user(claims.user)));
    for (name, value) in others {
        claims.more.entry(name).or_insert(value);
    }
    let id = random_id(8).map_err(|error| Problem::internal(&error))?;
    claims.more.insert("jti".to_owned(), id.into());
    let token = token::sign(call.shared.account.keys().current(), &token::of_user(&claims));
    let body: Value = json!({"access_token": token, "token_type": "Bearer", "expires_in": claims.lifetime});
    Ok(Answer::json(StatusCode::OK, &body).not_stored())
}
