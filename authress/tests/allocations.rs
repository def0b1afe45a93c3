//! What is kept is found without an allocation.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "the helpers of tests may, as tests may"
)]

mod support;

use authress::{AuthressClient, DecisionCache};
use futures_util::FutureExt as _;
use support::{DOMAIN, Memory, access_key, answer, user_token};

#[tokio::test]
async fn a_decision_that_is_kept_is_found_without_an_allocation() {
    let service = Memory::answering(|request| {
        let is_allowed = request.uri().path().ends_with("/read");
        Ok(answer(if is_allowed { 200 } else { 404 }, ""))
    });
    let builder = AuthressClient::builder(DOMAIN)
        .access_key(access_key())
        .transport(service.clone());
    let builder = builder.clock(support::TestClock::at(support::NOW));
    let client = builder.decision_cache(DecisionCache::builder()).build().unwrap();
    let as_user = client.with_user_token(&user_token(|_| {})).unwrap();
    for client in [&client, &as_user] {
        assert!(client.is_authorized("user-1", "documents/42", "read").await.unwrap());
        assert!(!client.is_authorized("user-1", "documents/42", "write").await.unwrap());
    }
    assert_eq!(service.count(), 4);
    let resource = String::from("documents/42");
    let counted = allocation_counter::measure(|| {
        for client in [&client, &as_user] {
            let allowed = client.is_authorized("user-1", &resource, "read").now_or_never();
            assert!(allowed.unwrap().unwrap());
            let denied = client.check_user("user-1", "documents/42", "write").now_or_never();
            assert!(!denied.unwrap().unwrap().allowed);
            let allowed = client.authorize_user("user-1", "documents/42", "read").now_or_never();
            allowed.unwrap().unwrap();
        }
        assert!(as_user.is_allowed(&resource, "read").now_or_never().unwrap().unwrap());
        as_user.authorize(&resource, "read").now_or_never().unwrap().unwrap();
    });
    assert_eq!(counted.count_total, 0);
    assert_eq!(service.count(), 4);
    // The counter counts.
    assert!(allocation_counter::measure(|| drop(resource.clone())).count_total > 0);
}
