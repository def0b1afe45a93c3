//! A question of each worker's own, to which the service says yes. Now and then somebody says something else, or nobody says anything: then alone, what
//! was said before may take the place of an answer.

use authress::{DecisionSource, Error};

use super::oracle::Possible;
use super::report::{Kind, Wrong};
use super::wire::{AWAY, BUSY, Fault, NO_PAGE};
use super::worker::Worker;
use super::world::{BRIEF_MAX_AGE, BRIEF_TTL};

const NO: &str = "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
const BAD_REQUEST: &str = "HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
const UNAUTHORIZED: &str = "HTTP/1.1 401 Unauthorized\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
const FORBIDDEN: &str = "HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
const TOO_EARLY: &str = "HTTP/1.1 425 Too Early\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
const BROKEN: &str = "HTTP/1.1 500 Internal Server Error\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";

/// What the service, or whoever stands before it, says to a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Said {
    Yes,
    No,
    /// No word at all. What was said before may be used.
    Nothing,
    /// That it will not say. What was said before must not be used now, and may be later.
    Busy,
    /// Something that is neither yes nor no. What was said before must not be used any more.
    Other,
}

impl Said {
    fn name(self) -> &'static str {
        match self {
            Self::Yes => "said, yes",
            Self::No => "said, no",
            Self::Nothing => "said, nothing",
            Self::Busy => "said, busy",
            Self::Other => "said, something else",
        }
    }

    /// The live answers that come of it.
    fn answers(self) -> Possible {
        match self {
            Self::Yes => Possible::YES,
            Self::No => Possible::NO,
            Self::Nothing | Self::Busy | Self::Other => Possible::NEITHER,
        }
    }
}

/// What has been said when the attempts of a call were answered with these. No attempt follows the last of them.
const SAID: [(Said, &[&str]); 13] = [
    (Said::No, &[NO]),
    (Said::Nothing, &[AWAY]),
    (Said::Nothing, &[BROKEN, BROKEN, AWAY]),
    (Said::Busy, &[BUSY, AWAY]),
    (Said::Busy, &[BUSY, BROKEN, BROKEN, BROKEN]),
    (Said::Busy, &[BROKEN, BUSY, AWAY]),
    (Said::Other, &[BAD_REQUEST]),
    (Said::Other, &[UNAUTHORIZED]),
    (Said::Other, &[FORBIDDEN]),
    (Said::Other, &[NO_PAGE]),
    (Said::Other, &[BROKEN, UNAUTHORIZED]),
    (Said::Other, &[TOO_EARLY, AWAY]),
    (Said::Other, &[TOO_EARLY, BROKEN, BROKEN, BROKEN]),
];

/// How many questions later one is certainly over that somebody has stopped to wait for. It goes on by itself, and what it is told may be kept, or be
/// what was to be said to the next.
const IN_DOUBT: u32 = 6;

impl Worker {
    /// Asks the question of this worker three times: to have a yes, when something else is said, and when nothing is said, which shows what may still
    /// be used.
    pub(crate) async fn ask_own(&mut self) {
        let (said, answers) = self.numbers.one_of(&SAID);
        for (said, answers) in [(Said::Yes, &[][..]), (said, answers), (Said::Nothing, &[AWAY])] {
            self.ask_when(said, answers).await;
            self.world.oracle.pass(BRIEF_TTL.as_secs());
        }
    }

    /// Asks it when this is said.
    async fn ask_when(&mut self, said: Said, answers: &[&'static str]) {
        let path = format!("/admin/resources/documents%2Fown-{}/", self.number);
        let answers = answers.iter().copied().map(Fault::Answer);
        let aim = self.world.wire.aim([path], answers);
        let resource = format!("documents/own-{}", self.number);
        let call = self.world.brief.check_user("admin", resource, "read");
        let (answer, is_stormy) = self.world.call(Kind::CheckWithCache, call).await;
        let is_in_doubt = self.in_doubt > 0;
        let is_reached = is_stormy || is_in_doubt;
        self.in_doubt = if is_stormy && answer.as_ref().is_err_and(Error::is_timeout) {
            IN_DOUBT
        } else {
            self.in_doubt.saturating_sub(1)
        };
        // Where nothing was sent, nothing was in the way.
        let said = if aim.met() > 0 { said } else { Said::Yes };
        self.world.report.count(said.name());
        if !is_reached {
            self.world.report.count("said, for certain");
        }
        let is_right = match &answer {
            Ok(decision) => match decision.source {
                DecisionSource::Live => is_reached || said.answers().has(decision.allowed),
                DecisionSource::Cached { age } => {
                    age < BRIEF_TTL && self.kept.has(decision.allowed) && (is_reached || said == Said::Yes)
                }
                DecisionSource::Stale { age } => {
                    self.world.report.count("said before, and used");
                    age < BRIEF_MAX_AGE && self.kept.has(decision.allowed) && (is_reached || said == Said::Nothing)
                }
                _ => false,
            },
            Err(_) => is_reached || said.answers() == Possible::NEITHER,
        };
        if !is_right {
            let what = || format!("{answer:?} when {said:?} was said, {:?} before", self.kept);
            self.world.report.wrong(Wrong::Answer, what);
        }
        let live = answer.ok().filter(|decision| decision.source == DecisionSource::Live);
        self.kept = match (live, said) {
            _ if is_in_doubt => Possible::EITHER,
            (Some(decision), _) => decision.allowed.into(),
            // What went wrong may have come before what was said, or in its place.
            _ if is_reached => Possible::EITHER,
            (None, Said::Other) => Possible::NEITHER,
            (None, _) => self.kept,
        };
    }
}
