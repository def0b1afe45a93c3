//! Connections: the identity providers that users log in with.

use authress_api::models::{Connection, ConnectionData};
use chrono::{DateTime, Utc};

use super::{Store, after};

/// The connection that is there from the start; tokens of users name it.
pub(crate) const DEFAULT_CONNECTION: &str = "con_default";

impl Store {
    /// Adds a connection, or changes the one with its id, which keeps the time it was made.
    ///
    /// It also keeps its client secret when none is given, since whoever reads a connection to change it does not get to see that; an empty one
    /// takes it away.
    pub(crate) fn put_connection(&mut self, id: &str, mut connection: Connection, now: DateTime<Utc>) -> Connection {
        let before = self.connections.remove(id).unwrap_or_default();
        connection.connection_id = Some(id.to_owned());
        connection.created_time = Some(before.created_time.unwrap_or(now));
        connection.last_updated = Some(after(before.last_updated, now));
        connection.is_active_connection = None;
        let secret = connection.client_secret.or(before.client_secret);
        connection.client_secret = secret.filter(|secret| !secret.expose().is_empty());
        self.connections.insert(id.to_owned(), connection.clone());
        connection
    }

    /// Adds the connection that tokens of users name.
    pub(crate) fn put_default_connection(&mut self, now: DateTime<Utc>) {
        let data = ConnectionData::new().name("Logins of the local server");
        self.put_connection(DEFAULT_CONNECTION, Connection::new().data(data), now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Settings;

    #[test]
    fn a_client_secret_stays_until_another_or_an_empty_one_is_given() {
        let mut store = Store::new(Settings::default());
        let mut secret_after = |given: Option<&str>| {
            let mut connection = Connection::new();
            connection.client_secret = given.map(Into::into);
            let kept = store.put_connection("con_1", connection, DateTime::default());
            kept.client_secret.map(|secret| secret.expose().to_owned())
        };
        for (given, kept) in [
            (None, None),
            (Some("one"), Some("one")),
            (None, Some("one")),
            (Some("two"), Some("two")),
            (Some(""), None),
            (None, None),
        ] {
            assert_eq!(secret_after(given).as_deref(), kept, "{given:?}");
        }
    }

    #[test]
    fn each_change_has_a_later_time_even_when_the_clock_stands_still() {
        let (mut store, now) = (Store::new(Settings::default()), DateTime::default());
        let mut times = [now; 2].map(|now| store.put_connection("con_1", Connection::new(), now).last_updated);
        assert!(times[0] < times[1]);
        let application = || authress_api::models::Application::new("app_1");
        times = [now; 2].map(|now| store.put_application(application(), now).last_updated);
        assert!(times[0] < times[1]);
    }

    #[test]
    fn a_connection_is_written_with_its_secret_and_prints_without_it() {
        let mut store = Store::new(Settings::default());
        store.put_connection("con_1", Connection::new().client_secret("hush"), DateTime::default());
        assert!(!format!("{store:?}").contains("hush"));
        let text = serde_json::to_string(&store.connections).unwrap();
        assert!(text.contains(r#""clientSecret":"hush""#), "{text}");
    }
}
