//! The urn: votes without voters, in the order of their receipts.
//!
//! A vote lies under the SHA-256 of a receipt that only the voter has. The receipt is random, so the order of the urn
//! tells neither who voted nor when.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Vote;
use crate::domain::digest::{hex, sha256};

/// What a voter keeps to find the vote again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt(String);

impl Receipt {
    /// From 16 random bytes.
    pub fn of(random: [u8; 16]) -> Self {
        Self(hex(&random))
    }

    pub fn text(&self) -> &str {
        &self.0
    }

    pub fn sha256(&self) -> String {
        sha256(&self.0)
    }
}

/// A vote under its receipt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sealed {
    /// Of the receipt, in hexadecimal.
    pub receipt_sha256: String,
    pub vote: Vote,
    /// Who cast it; never in a secret ballot.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voter_id: Option<Uuid>,
}

/// All votes of a ballot.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Urn(Vec<Sealed>);

impl Urn {
    /// Puts a vote where its receipt belongs.
    pub fn drop_in(&mut self, vote: Sealed) {
        let place = self.0.partition_point(|other| other.receipt_sha256 < vote.receipt_sha256);
        self.0.insert(place, vote);
    }

    pub fn votes(&self) -> &[Sealed] {
        &self.0
    }

    /// The vote of a receipt; upper and lower case, and spaces around it, are alike.
    pub fn find(&self, receipt: &str) -> Option<&Sealed> {
        let sought = sha256(receipt.trim().to_ascii_lowercase());
        self.0.iter().find(|vote| vote.receipt_sha256 == sought)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sealed(random: [u8; 16], vote: Vote) -> (Receipt, Sealed) {
        let receipt = Receipt::of(random);
        let sealed = Sealed { receipt_sha256: receipt.sha256(), vote, voter_id: None };
        (receipt, sealed)
    }

    proptest! {
        #[test]
        fn the_order_of_voting_leaves_no_trace(
            votes in prop::collection::hash_set(any::<[u8; 16]>(), 0..20)
                .prop_flat_map(|set| (Just(set.iter().copied().collect::<Vec<_>>()), Just(set.into_iter().collect::<Vec<_>>()).prop_shuffle())),
            forged in any::<[u8; 16]>(),
        ) {
            let fill = |votes: &[[u8; 16]]| {
                let mut urn = Urn::default();
                for random in votes {
                    let vote = if random[0] % 2 == 0 { Vote::Yes } else { Vote::No };
                    urn.drop_in(sealed(*random, vote).1);
                }
                urn
            };
            let (one, other) = (fill(&votes.0), fill(&votes.1));
            prop_assert_eq!(&one, &other);
            for random in &votes.0 {
                let expected = if random[0] % 2 == 0 { Vote::Yes } else { Vote::No };
                let receipt = format!(" {} ", Receipt::of(*random).text().to_uppercase());
                prop_assert_eq!(one.find(&receipt).map(|found| found.vote), Some(expected));
            }
            if !votes.0.contains(&forged) {
                prop_assert_eq!(one.find(Receipt::of(forged).text()), None);
            }
        }
    }
}
