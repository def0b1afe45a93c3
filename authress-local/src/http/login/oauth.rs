//! OAuth for extensions and programs (RFC 6749, RFC 7636, RFC 9700): `login`, which is the authorization endpoint, and `requestToken`.

use authress_api::Secret;
use authress_api::models::{OAuthAuthorizeResponse, OAuthTokenRequest, OAuthTokenRequestGrantType, UserIdentity};
use http::StatusCode;
use serde::Deserialize;
use serde_json::Map;

use super::{is_service_client, pkce, secret, signed, token_of, too_many};
use crate::engine::{AUTHENTICATE_USER, Right};
use crate::http::answer::{Answer, Problem};
use crate::http::bearer;
use crate::http::call::{Call, json};
use crate::keys::token::{CLIENT_KEY, UserToken};
use crate::store::{Back, CODE_SECONDS, Code, LoggedIn, Store};

/// A code for an extension that is to act for the user.
///
/// The service knows the user by a session of the browser. Here it is the user whose token the request bears: nobody is logged in without having
/// shown who they are, and no page can make a browser send a token that it does not have.
pub(in crate::http) fn authorize(call: &Call<'_>) -> Result<Answer, Problem> {
    let [client, challenge, redirect] =
        ["client_id", "code_challenge", "redirect_uri"].map(|name| call.required_query(name));
    let (client, challenge, redirect) = (client?, challenge?, redirect?);
    let method = call.query("code_challenge_method");
    pkce::check("query.code_challenge", &challenge, method.as_deref())?;
    let is_registered = call.shared.read(|store| {
        let urls = store.redirect_urls_of(&client)?;
        // Compared as text, so that nothing is added to it (RFC 9700 section 4.1.3).
        Some(urls.contains(&redirect))
    });
    match is_registered {
        None => return Err(unauthorized("request.query.client_id: is no extension")),
        Some(false) => {
            let title = "request.query.redirect_uri: is none of the extension's";
            return Err(Problem::invalid(title));
        }
        Some(true) => {}
    }
    let caller = call.caller_if_any()?.ok_or_else(|| {
        Problem::unauthorized("The local server has no page to log in at: send the token of the user who is to log in")
    })?;
    let (code, now) = (secret()?, call.seconds());
    let kept = Code {
        request: None,
        back: Back {
            url: redirect,
            challenge,
        },
        user: LoggedIn {
            user: caller,
            application: client,
            connection: None,
            tenant: None,
        },
    };
    let (put, _) = call.shared.change(|store| {
        if is_service_client(store, &kept.user.user) {
            return Err(unauthorized("A service client has no login"));
        }
        // Who asks again, as a browser does when its page is loaded again, has the newer code alone: a verifier is for one.
        let codes = &mut store.logins.codes;
        if let Some(before) = codes.find(|code| is_for(code, &kept.user.application, &kept.back.challenge)) {
            // The challenge is no secret: whoever saw it must not put a code of their own in the place of the user's, who would be logged in as them.
            if codes
                .get(&before, now)
                .is_some_and(|code| code.user.user != kept.user.user)
            {
                return Err(Problem::invalid(
                    "request.query.code_challenge: is that of another login",
                ));
            }
            codes.take(&before, now);
        }
        let (user, ends) = (UserIdentity::new(&kept.user.user), now.saturating_add(CODE_SECONDS));
        if !codes.put(code.clone(), kept, ends, now) {
            return Err(too_many());
        }
        store.seen_user(user);
        Ok(())
    });
    put?;
    let answer = OAuthAuthorizeResponse::new().code(Secret::from(code));
    Ok(Answer::json(StatusCode::OK, &answer).not_stored())
}

fn is_for(code: &Code, client: &str, challenge: &str) -> bool {
    code.request.is_none() && code.user.application == client && code.back.challenge == challenge
}

/// What OAuth has beside what the description has.
#[derive(Deserialize)]
struct OfOAuth {
    code: Option<String>,
    redirect_uri: Option<String>,
}

/// A token for a grant.
pub(in crate::http) fn request_token(call: &Call<'_>) -> Result<Answer, Problem> {
    let request: OAuthTokenRequest = call.json()?;
    match request.grant_type {
        Some(OAuthTokenRequestGrantType::ClientCredentials) => client_credentials(call, &request),
        Some(OAuthTokenRequestGrantType::AuthorizationCode) => authorization_code(call, &request),
        Some(OAuthTokenRequestGrantType::Password) => password(call, &request),
        Some(_) => Err(Problem::new(
            StatusCode::BAD_REQUEST,
            "UnsupportedGrantType",
            "request.body.grant_type: must be client_credentials, authorization_code or password",
        )),
        None => Err(Problem::invalid("request.body.grant_type: is missing")),
    }
}

/// For a program that acts as itself. Its secret is a token that it has signed with its access key: the key never leaves it (as in RFC 7523).
fn client_credentials(call: &Call<'_>, request: &OAuthTokenRequest) -> Result<Answer, Problem> {
    let text = request.client_secret.as_ref().map(Secret::expose);
    let text = text.ok_or_else(|| Problem::invalid("request.body.client_secret: is missing"))?;
    let refused = || {
        unauthorized(
            "request.body.client_secret: must be a token that the service client of client_id has signed with its access key, never the access key",
        )
    };
    let verified = bearer::verify(call.shared, text).map_err(|_| refused())?;
    let now = call.seconds();
    let [key] = verified.keys.as_slice() else {
        return Err(refused());
    };
    let is_own = key.client.as_ref() == Some(&request.client_id) && verified.user == request.client_id;
    let is_disabled = |id: &str| call.shared.read(|store| store.is_disabled(&verified.user, id));
    if !is_own || !verified.times.hold(now) || verified.token_id.as_deref().is_some_and(is_disabled) {
        return Err(refused());
    }
    let account = &call.shared.account;
    let mut claims = UserToken::new(account, &request.client_id, now);
    claims.application = &request.client_id;
    claims.connection = &request.client_id;
    claims.scope = "openid";
    // With the key it ends as well, so that a key that leaked and was deleted has left nothing behind.
    claims.more = Map::from_iter([(CLIENT_KEY.to_owned(), key.id.clone().into())]);
    signed(call, claims)
}

/// For an extension that acts for a user. The description has no field for the code: the verifier alone finds the login. Where the code is sent,
/// and the address of the login, as RFC 6749 has it, they must be the right ones.
fn authorization_code(call: &Call<'_>, request: &OAuthTokenRequest) -> Result<Answer, Problem> {
    let sent: OfOAuth = json(call.body)?;
    let verifier = request.code_verifier.as_ref().map(Secret::expose);
    let verifier = verifier.ok_or_else(|| Problem::invalid("request.body.code_verifier: is missing"))?;
    let challenge = pkce::challenge_of(verifier);
    let now = call.seconds();
    let (code, _) = call.shared.change(|store| {
        let codes = &mut store.logins.codes;
        let found = match sent.code {
            Some(code) => code,
            None => codes.find(|code| is_for(code, &request.client_id, challenge.as_deref().unwrap_or_default()))?,
        };
        // Whatever comes of it, a code is tried once.
        codes.take(&found, now)
    });
    let code = code.filter(|code| code.request.is_none()).ok_or_else(invalid_grant)?;
    redeem(call, &code, &request.client_id, verifier, sent.redirect_uri.as_deref())
}

/// Exchanges a code that was taken for the token of its user.
pub(super) fn redeem(
    call: &Call<'_>,
    code: &Code,
    client: &str,
    verifier: &str,
    redirect: Option<&str>,
) -> Result<Answer, Problem> {
    let fits = code.user.application == client
        && redirect.is_none_or(|redirect| redirect == code.back.url)
        && pkce::proves(verifier, &code.back.challenge);
    if fits {
        token_of(call, &code.user)
    } else {
        Err(invalid_grant())
    }
}

/// The local server keeps no passwords, and says so to whoever might have logged a user in with one.
fn password(call: &Call<'_>, request: &OAuthTokenRequest) -> Result<Answer, Problem> {
    let caller = call
        .caller_if_any()?
        .ok_or_else(|| Problem::unauthorized("There is no Authorization header"))?;
    let may = call.shared.read(|store| {
        let is_client = store.clients.contains_key(&caller);
        is_client && (!call.shared.enforce || may_authenticate(store, &caller))
    });
    if !may {
        return Err(unauthorized(
            "The caller is no service client with the role Authress:AuthenticateUser",
        ));
    }
    for (place, missing) in [
        ("username", request.username.is_none()),
        ("password", request.password.is_none()),
    ] {
        if missing {
            return Err(Problem::invalid(format!("request.body.{place}: is missing")));
        }
    }
    Err(Problem::new(
        StatusCode::BAD_REQUEST,
        "PasswordNotSupported",
        "The local server keeps no passwords",
    ))
}

/// Whether an active record gives a user the role for logging users in, or `Authress:Owner` on everything.
fn may_authenticate(store: &Store, caller: &str) -> bool {
    store.engine.check(caller, "*", "*", Right::Delegate) || store.has_role(caller, AUTHENTICATE_USER)
}

/// A code that is not there, not for this client, not for this verifier, or used up: which of it is nobody's business (RFC 6749 section 5.2).
pub(super) fn invalid_grant() -> Problem {
    let title = "The code was used before, is too old, or belongs to another client, verifier or address";
    Problem::new(StatusCode::BAD_REQUEST, "InvalidGrant", title)
}

fn unauthorized(title: &str) -> Problem {
    Problem::new(StatusCode::UNAUTHORIZED, "InvalidClient", title)
}
