//! The code with which an identity provider of one's own says who a user is: a JWT that a service client has signed.

use http::StatusCode;

use super::{MAX_USER_ID, check_text};
use crate::http::answer::Problem;
use crate::http::bearer::is_issuer_of;
use crate::http::call::Call;
use crate::http::verified::UsedKey;
use crate::keys::token::Token;

/// The longest life of a code, in seconds; the service's SDKs make them for a minute or an hour.
const MAX_SECONDS: u64 = 60 * 60;

/// Longest id of a code, in characters.
const MAX_CODE_ID: usize = 128;

/// A code that was verified: all but that it is used once, and that its client may log users in.
pub(super) struct ProviderCode {
    pub(super) client: String,
    pub(super) user: String,
    /// Names the code for good, whatever else other clients sign.
    pub(super) id: String,
    /// When it ends at the latest, in seconds since the Unix epoch.
    pub(super) ends: u64,
}

/// Verifies a code; `issuer` and `client` are what the address said beside it, which must be the same (RFC 9207 section 2.4).
pub(super) fn verify(call: &Call<'_>, text: &str, issuer: &str, client: Option<&str>) -> Result<ProviderCode, Problem> {
    let account = &call.shared.account;
    let token = Token::parse_login_code(text).ok_or_else(|| refused("it is no login code"))?;
    let claim = |name: &'static str| {
        let text = token.text(name).filter(|text| !text.is_empty());
        text.ok_or_else(|| refused(&format!("it has no {name}")))
    };
    let signer = claim("client_id")?;
    if client.is_some_and(|client| client != signer) {
        return Err(refused("it is of another client than the address says"));
    }
    if claim("iss")? != issuer || !is_issuer_of(account, issuer, signer) {
        return Err(refused(
            "its issuer is not the service client, under a name of this account",
        ));
    }
    let audience = token.claims.get("aud");
    if !audience.is_some_and(|audience| account.is_audience(audience)) {
        return Err(refused("it is for another account"));
    }
    let key = UsedKey::find(call.shared, Some(signer), &token.key_id);
    if !key.is_some_and(|key| key.public.verifies(token.signed, &token.signature)) {
        return Err(refused("it is not signed by the service client"));
    }
    let now = call.seconds();
    // The id is remembered for as long as any code can live, so a longer life would outlive that.
    #[expect(clippy::cast_precision_loss, reason = "an hour is exact in a float")]
    let times = token.times().filter(|times| times.span_at_most(MAX_SECONDS as f64));
    if !times.is_some_and(|times| times.hold(now)) {
        return Err(refused("it is not in its time, or good for more than an hour"));
    }
    let user = claim("sub")?;
    check_text("query.code.sub", user, MAX_USER_ID)?;
    let id = claim("jti")?;
    check_text("query.code.jti", id, MAX_CODE_ID)?;
    Ok(ProviderCode {
        client: signer.to_owned(),
        user: user.to_owned(),
        id: format!("{signer}\n{id}"),
        // It may have been made a little in the future, by the clock of its client.
        ends: now.saturating_add(2 * MAX_SECONDS),
    })
}

/// A code that is not taken.
pub(super) fn refused(why: &str) -> Problem {
    let title = format!("The login code cannot be used: {why}");
    Problem::new(StatusCode::UNAUTHORIZED, "InvalidCode", title)
}
