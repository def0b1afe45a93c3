//! Which fault is due for a request.

use std::time::Duration;

use http::StatusCode;

/// Where a fault is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Scope {
    #[default]
    All,
    /// The operation with this id.
    Operation(&'static str),
    /// The keys of the account and of clients.
    Keys,
}

/// What a request is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Target {
    /// The operation with this id.
    Operation(&'static str),
    /// The keys of the account or of a client.
    Keys,
    /// Anything else that the service has.
    Other,
}

/// One fault.
#[derive(Debug)]
pub(super) struct Rule {
    pub(super) scope: Scope,
    pub(super) kind: Kind,
    /// For how many requests more; without end when there is no number.
    pub(super) left: Option<u32>,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Kind {
    Latency(Duration),
    Outcome(Outcome),
}

/// What becomes of a request instead of its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    Status(StatusCode),
    Drop,
    ExpiredToken,
}

/// What is due for one request.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Effect {
    pub(crate) latency: Duration,
    pub(crate) outcome: Option<Outcome>,
}

impl Rule {
    fn is_for(&self, target: Target, has_token: bool) -> bool {
        let here = match self.scope {
            Scope::All => true,
            Scope::Operation(id) => target == Target::Operation(id),
            Scope::Keys => target == Target::Keys,
        };
        here && (has_token || !matches!(self.kind, Kind::Outcome(Outcome::ExpiredToken)))
    }
}

/// What is due, and one less to go of it.
pub(super) fn effect(rules: &mut Vec<Rule>, target: Target, has_token: bool) -> Effect {
    let mut effect = Effect::default();
    for rule in rules.iter_mut().filter(|rule| rule.is_for(target, has_token)) {
        match rule.kind {
            Kind::Latency(latency) => effect.latency = effect.latency.saturating_add(latency),
            Kind::Outcome(outcome) if effect.outcome.is_none() => {
                effect.outcome = Some(outcome);
                rule.left = rule.left.map(|left| left.saturating_sub(1));
            }
            Kind::Outcome(_) => {}
        }
    }
    rules.retain(|rule| rule.left != Some(0));
    effect
}

#[cfg(test)]
mod tests {
    use super::super::Faults;
    use super::*;

    const CHECK: Target = Target::Operation("authorizeUser");

    fn outcomes<const N: usize>(faults: &Faults, target: Target) -> [Option<Outcome>; N] {
        std::array::from_fn(|_| faults.next(target, || true).outcome)
    }

    #[test]
    fn a_fault_comes_as_often_as_it_should_and_only_where_it_should() {
        let faults = Faults::new();
        faults.on("authorizeUser").unwrap().status(503, 2).unwrap();
        assert_eq!(outcomes(&faults, Target::Other), [None; 2]);
        assert_eq!(outcomes(&faults, Target::Operation("getRole")), [None; 2]);
        let status = Some(Outcome::Status(StatusCode::SERVICE_UNAVAILABLE));
        assert_eq!(outcomes(&faults, CHECK), [status, status, None]);
    }

    #[test]
    fn faults_take_their_turns_in_the_order_in_which_they_were_put_in() {
        let faults = Faults::new();
        faults.drop_connection(1).status(500, 1).unwrap().expired_tokens(1);
        let status = Some(Outcome::Status(StatusCode::INTERNAL_SERVER_ERROR));
        assert_eq!(
            outcomes(&faults, CHECK),
            [Some(Outcome::Drop), status, Some(Outcome::ExpiredToken), None]
        );
    }

    #[test]
    fn latencies_add_up_and_stay() {
        let faults = Faults::new();
        faults.latency(Duration::from_secs(1)).latency(Duration::from_secs(2));
        for _ in 0..3 {
            let effect = faults.next(CHECK, || true);
            assert_eq!(
                effect,
                Effect {
                    latency: Duration::from_secs(3),
                    outcome: None
                }
            );
        }
        faults.latency(Duration::MAX);
        assert_eq!(faults.next(CHECK, || true).latency, Duration::MAX);
    }

    #[test]
    fn the_keys_alone_are_down_until_it_is_over() {
        let faults = Faults::new();
        faults.on("authorizeUser").unwrap().jwks_down();
        let status = Some(Outcome::Status(StatusCode::SERVICE_UNAVAILABLE));
        assert_eq!(outcomes(&faults, Target::Keys), [status; 3]);
        assert_eq!(outcomes(&faults, CHECK), [None; 2]);
        faults.clear();
        assert_eq!(outcomes(&faults, Target::Keys), [None; 2]);
    }

    #[test]
    fn the_faults_of_one_operation_are_cleared_alone() {
        let faults = Faults::new();
        let on_check = faults.on("authorizeUser").unwrap();
        on_check.drop_connection(9);
        faults.on("getRole").unwrap().drop_connection(9);
        on_check.clear();
        assert_eq!(outcomes(&faults, CHECK), [None]);
        assert_eq!(outcomes(&faults, Target::Operation("getRole")), [Some(Outcome::Drop)]);
    }

    #[test]
    fn a_request_without_a_token_has_none_that_could_have_expired() {
        let faults = Faults::new();
        faults.expired_tokens(1);
        assert_eq!(faults.next(CHECK, || false).outcome, None);
        assert_eq!(faults.next(CHECK, || true).outcome, Some(Outcome::ExpiredToken));
    }

    #[test]
    fn what_is_no_operation_and_what_is_no_status_is_refused() {
        let faults = Faults::new();
        assert!(
            faults
                .on("authoriseUser")
                .unwrap_err()
                .to_string()
                .contains("authoriseUser")
        );
        for status in [0, 99, 100, 101, 199, 600, u16::MAX] {
            assert!(faults.status(status, 1).is_err(), "{status}");
        }
        faults.status(200, 0).unwrap();
        assert_eq!(faults.next(CHECK, || true), Effect::default());
    }
}
