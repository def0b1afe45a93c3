//! The examples of the guides in `docs/` as tests, a type a guide.

#[doc = include_str!("../../docs/architecture.md")]
pub struct Architecture;

#[doc = include_str!("../../docs/calling-the-service.md")]
pub struct CallingTheService;

#[doc = include_str!("../../docs/caching-and-outages.md")]
pub struct CachingAndOutages;

#[doc = include_str!("../../docs/errors-and-troubleshooting.md")]
pub struct ErrorsAndTroubleshooting;

#[doc = include_str!("../../docs/migrating.md")]
pub struct Migrating;

#[doc = include_str!("../../docs/regenerating.md")]
pub struct Regenerating;

#[doc = include_str!("../../docs/service-clients-and-keys.md")]
pub struct ServiceClientsAndKeys;

#[doc = include_str!("../../docs/testing-your-service.md")]
pub struct TestingYourService;

#[doc = include_str!("../../docs/verifying-tokens.md")]
pub struct VerifyingTokens;
