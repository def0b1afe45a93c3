//! The step that adds the service client's token to a request.

use std::sync::Arc;

use arc_swap::ArcSwapOption;
use bytes::Bytes;
use http::HeaderValue;
use http::header::AUTHORIZATION;

use super::Call;
use crate::{Error, Secret, TokenFuture, TokenProvider, bearer_authorization};

/// Adds `Authorization: Bearer …` where the operation wants a token and the request has none yet.
pub(super) struct Token {
    tokens: Option<Arc<dyn TokenProvider>>,
    latest: ArcSwapOption<(Secret, HeaderValue)>,
}

impl Token {
    pub(super) fn new(tokens: Option<Arc<dyn TokenProvider>>) -> Self {
        Self {
            tokens,
            latest: ArcSwapOption::empty(),
        }
    }

    /// Adds the token that is at hand, if one is wanted; or gives back the one that is still to come, for no longer than the call may take, which is
    /// then to be [added](Self::add). So there is something to wait for only when there is no token yet.
    ///
    /// # Errors
    /// The provider's own; the future's, also one that says that the token took too long.
    pub(super) fn apply<'a>(
        &'a self,
        request: &mut http::Request<Bytes>,
        call: Call<'a>,
    ) -> Result<Option<TokenFuture<'a>>, Error> {
        // What is no operation of the service must never carry a token.
        let is_authenticated = call.context.operation.is_some_and(|operation| operation.authenticated);
        let Some(tokens) = self.tokens.as_ref().filter(|_| is_authenticated) else {
            return Ok(None);
        };
        if request.headers().contains_key(AUTHORIZATION) {
            return Ok(None);
        }
        // What a provider may have sent for the token are no attempts of this call.
        let in_this_call = |error: Error| error.with_attempts(0);
        match tokens.token().at_hand() {
            Ok(token) => self.add(request, token.map_err(in_this_call)?).map(|()| None),
            Err(token) => Ok(Some(TokenFuture::new(async move {
                let token = call.deadline.within(token).await;
                let late = || Error::token_timeout("the token did not come within the time of the call");
                token.unwrap_or_else(|| Err(late())).map_err(in_this_call)
            }))),
        }
    }

    /// Adds `token`.
    pub(super) fn add(&self, request: &mut http::Request<Bytes>, token: Secret) -> Result<(), Error> {
        request.headers_mut().insert(AUTHORIZATION, self.authorization(token)?);
        Ok(())
    }

    /// The value of `Authorization` for `token`. It is checked and written once for each token, which most often serves many requests.
    fn authorization(&self, token: Secret) -> Result<HeaderValue, Error> {
        if let Some(latest) = &*self.latest.load()
            // Most providers give clones of one secret, which need not be compared.
            && (latest.0.is_clone_of(&token) || latest.0 == token)
        {
            return Ok(latest.1.clone());
        }
        let authorization = bearer_authorization(token.expose())?;
        self.latest.store(Some(Arc::new((token, authorization.clone()))));
        Ok(authorization)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use authress_api::Request as _;

    use super::super::Deadline;
    use super::*;
    use crate::clock::fixed::FixedClock;
    use crate::requests::{AuthorizeUser, RequestToken};
    use crate::{CallContext, ServiceClientTokenProvider};

    #[tokio::test]
    async fn only_an_operation_that_wants_a_token_and_has_none_gets_one() {
        let key = "sc_1.k1.acc_1.MC4CAQAwBQYDK2VwBCIEIKuU4GWjY9KctBRBDOM1XvVDeXa1tAnn+Cu1UOsL0VBt";
        let tokens = ServiceClientTokenProvider::builder(key.parse().unwrap());
        let tokens = Arc::new(tokens.clock(FixedClock::at(1_700_000_000)).build().unwrap());
        let step = Token::new(Some(tokens));
        let clock = FixedClock::at(1_700_000_000);
        let mut sent = Vec::new();
        for (operation, own) in [
            (None, None),
            (Some(RequestToken::OPERATION), None),
            (Some(AuthorizeUser::OPERATION), Some("Bearer own")),
            (Some(AuthorizeUser::OPERATION), None),
        ] {
            let mut request = http::Request::new(Bytes::new());
            if let Some(own) = own {
                request
                    .headers_mut()
                    .insert(AUTHORIZATION, HeaderValue::from_static(own));
            }
            let call = Call {
                context: operation.map_or_else(CallContext::default, CallContext::new),
                deadline: Deadline::new(&clock, Duration::from_secs(30)),
            };
            assert!(step.apply(&mut request, call).unwrap().is_none());
            let value = request.headers().get(AUTHORIZATION);
            sent.push(value.map_or(String::new(), |value| value.to_str().unwrap().to_owned()));
        }
        assert_eq!(&sent[..3], ["", "", "Bearer own"]);
        assert!(sent[3].starts_with("Bearer eyJ"), "{}", sent[3]);
    }
}
