//! The settings of a client from the environment.

use std::str::FromStr;
use std::time::Duration;

use zeroize::Zeroizing;

use super::AuthressClientBuilder;
use crate::pipeline::Headers;
use crate::{AccessKey, AuthressClient, BaseUrl, Error, RetryPolicy, holds_access_key};

const URL: &str = "AUTHRESS_API_URL";
const TIMEOUT: &str = "AUTHRESS_TIMEOUT_MS";
const ATTEMPT_TIMEOUT: &str = "AUTHRESS_ATTEMPT_TIMEOUT_MS";
const CONNECT_TIMEOUT: &str = "AUTHRESS_CONNECT_TIMEOUT_MS";
const MAX_ATTEMPTS: &str = "AUTHRESS_MAX_ATTEMPTS";
const AUDIENCE: &str = "AUTHRESS_AUDIENCE";
const USER_AGENT_SUFFIX: &str = "AUTHRESS_USER_AGENT_SUFFIX";

impl AuthressClient {
    /// A client with the settings that stand in the environment.
    ///
    /// | variable | setting |
    /// |---|---|
    /// | `AUTHRESS_API_URL` | the URL of the account, as [`builder`](Self::builder) takes it; the one that must be set |
    /// | `AUTHRESS_ACCESS_KEY` | [`access_key`](AuthressClientBuilder::access_key) |
    /// | `AUTHRESS_TIMEOUT_MS` | [`timeout`](AuthressClientBuilder::timeout) in milliseconds |
    /// | `AUTHRESS_ATTEMPT_TIMEOUT_MS` | [`attempt_timeout`](AuthressClientBuilder::attempt_timeout) in milliseconds |
    /// | `AUTHRESS_CONNECT_TIMEOUT_MS` | [`connect_timeout`](AuthressClientBuilder::connect_timeout) in milliseconds |
    /// | `AUTHRESS_MAX_ATTEMPTS` | [`RetryPolicy::max_attempts`] |
    /// | `AUTHRESS_AUDIENCE` | [`audience`](AuthressClientBuilder::audience) |
    /// | `AUTHRESS_USER_AGENT_SUFFIX` | [`user_agent_suffix`](AuthressClientBuilder::user_agent_suffix) |
    /// | `HTTPS_PROXY`, `ALL_PROXY`, `NO_PROXY` | the proxy for https, with or without `from_env` |
    ///
    /// ```no_run
    /// let client = authress::AuthressClient::from_env()?;
    /// # Ok::<(), authress::Error>(())
    /// ```
    ///
    /// # Errors
    /// An [`Error`] that names the variable: one that must be set and is not, is empty, or holds what cannot be used.
    pub fn from_env() -> Result<Self, Error> {
        AuthressClientBuilder::from_env()?.build()
    }
}

impl AuthressClientBuilder {
    /// Begins a client with the settings that stand in the environment, as [`AuthressClient::from_env`] does, to add others.
    ///
    /// ```no_run
    /// use authress::AuthressClientBuilder;
    ///
    /// let client = AuthressClientBuilder::from_env()?.default_header("x-team", "checkout").build()?;
    /// # Ok::<(), authress::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`AuthressClient::from_env`].
    pub fn from_env() -> Result<Self, Error> {
        Self::from_variables(|name| match std::env::var_os(name) {
            None => Ok(None),
            Some(value) => match value.into_string() {
                Ok(text) => Ok(Some(Zeroizing::new(text))),
                Err(_) => Err(Error::invalid_argument(name, "it is not UTF-8")),
            },
        })
    }

    fn from_variables(
        variable: impl Fn(&'static str) -> Result<Option<Zeroizing<String>>, Error>,
    ) -> Result<Self, Error> {
        let text = |name| match variable(name)? {
            Some(text) if text.trim().is_empty() => Err(Error::invalid_argument(name, "it is empty")),
            text => Ok(text),
        };
        let Some(url) = text(URL)? else {
            let reason = "it is not set; it must hold the URL of the account, https://ACCOUNT_ID.api.authress.io or its custom domain";
            return Err(Error::invalid_argument(URL, reason));
        };
        BaseUrl::parse(&url).map_err(|error| error.for_argument(URL))?;
        let mut builder = Self::new(String::clone(&url));
        if let Some(key) = text(AccessKey::ENV)? {
            let key = key.parse::<AccessKey>();
            builder = builder.access_key(key.map_err(|e| Error::invalid_argument(AccessKey::ENV, e.to_string()))?);
        }
        if let Some(timeout) = milliseconds(TIMEOUT, text(TIMEOUT)?)? {
            builder = builder.timeout(timeout);
        }
        if let Some(timeout) = milliseconds(ATTEMPT_TIMEOUT, text(ATTEMPT_TIMEOUT)?)? {
            builder = builder.attempt_timeout(timeout);
        }
        if let Some(timeout) = milliseconds(CONNECT_TIMEOUT, text(CONNECT_TIMEOUT)?)? {
            builder = builder.connect_timeout(timeout);
        }
        if let Some(attempts) = number(MAX_ATTEMPTS, text(MAX_ATTEMPTS)?)? {
            builder = builder.retry(RetryPolicy::new().max_attempts(attempts));
        }
        if let Some(audience) = text(AUDIENCE)? {
            if holds_access_key(&audience) {
                return Err(Error::invalid_argument(AUDIENCE, "it is an access key"));
            }
            builder = builder.audience(audience.trim());
        }
        if let Some(suffix) = text(USER_AGENT_SUFFIX)? {
            Headers::new(Some(&suffix), &[]).map_err(|error| error.for_argument(USER_AGENT_SUFFIX))?;
            builder = builder.user_agent_suffix(suffix.trim());
        }
        Ok(builder)
    }
}

fn milliseconds(name: &'static str, text: Option<Zeroizing<String>>) -> Result<Option<Duration>, Error> {
    Ok(number(name, text)?.map(Duration::from_millis))
}

/// A number from one on. The text is not repeated in the error: somebody may have put a key in the wrong variable.
fn number<N: FromStr + PartialEq + Default>(
    name: &'static str,
    text: Option<Zeroizing<String>>,
) -> Result<Option<N>, Error> {
    let Some(text) = text else { return Ok(None) };
    match text.trim().parse() {
        Ok(number) if number != N::default() => Ok(Some(number)),
        _ => Err(Error::invalid_argument(
            name,
            "it must be a whole number from 1 on, without a unit",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "sc_1.k1.acc_1.MC4CAQAwBQYDK2VwBCIEIKuU4GWjY9KctBRBDOM1XvVDeXa1tAnn+Cu1UOsL0VBt";

    fn build(variables: &[(&str, &str)]) -> Result<AuthressClient, Error> {
        let variable = |name| {
            let set = variables.iter().find(|(set, _)| *set == name);
            Ok(set.map(|(_, value)| Zeroizing::new((*value).to_owned())))
        };
        AuthressClientBuilder::from_variables(variable)?.build()
    }

    #[test]
    fn every_variable_is_a_setting() {
        let url = (URL, " https://login.example.com\n");
        assert!(build(&[url]).is_ok());
        let all = [
            url,
            (AccessKey::ENV, KEY),
            (TIMEOUT, "5000"),
            (ATTEMPT_TIMEOUT, " 2000 "),
            (CONNECT_TIMEOUT, "1000"),
            (MAX_ATTEMPTS, "3"),
            (AUDIENCE, "https://api.example.com"),
            (USER_AGENT_SUFFIX, "shop/1.2"),
        ];
        assert!(format!("{:?}", build(&all).unwrap()).contains("sc_1"));

        let variable = |name| {
            Ok(all
                .iter()
                .find(|(set, _)| *set == name)
                .map(|(_, value)| Zeroizing::new((*value).to_owned())))
        };
        let builder = AuthressClientBuilder::from_variables(variable).unwrap();
        let millis = Duration::from_millis;
        assert_eq!(
            (builder.timeout, builder.attempt_timeout),
            (millis(5_000), Some(millis(2_000)))
        );
        assert_eq!(builder.of_connections, Some("connect_timeout"));
        assert!(format!("{:?}", builder.connections).contains("connect_timeout: 1s"));
        assert!(format!("{:?}", builder.retry).contains("max_attempts: 3"));
        assert_eq!(builder.audiences, ["https://api.example.com"]);
        assert_eq!(builder.user_agent_suffix.as_deref(), Some("shop/1.2"));
    }

    #[test]
    fn an_error_names_the_variable_and_does_not_show_it() {
        assert_eq!(build(&[]).unwrap_err().argument(), Some(URL));
        for (name, value) in [
            (URL, ""),
            (URL, "http://login.example.com"),
            (AccessKey::ENV, " "),
            (AccessKey::ENV, "hush"),
            (TIMEOUT, "0"),
            (TIMEOUT, "5s"),
            (TIMEOUT, "-1"),
            (TIMEOUT, KEY),
            (ATTEMPT_TIMEOUT, "1.5"),
            (CONNECT_TIMEOUT, "99999999999999999999999"),
            (MAX_ATTEMPTS, "0"),
            (MAX_ATTEMPTS, "many"),
            (AUDIENCE, ""),
            (AUDIENCE, KEY),
            (USER_AGENT_SUFFIX, "\t"),
            (USER_AGENT_SUFFIX, "ü"),
        ] {
            let error = build(&[(URL, "https://login.example.com"), (name, value)][usize::from(name == URL)..]);
            let error = error.unwrap_err();
            assert_eq!(error.argument(), Some(name), "{value:?}");
            assert!(
                !format!("{error:?}").contains("hush") && !format!("{error:?}").contains("KuU4"),
                "{error:?}"
            );
        }
    }
}
