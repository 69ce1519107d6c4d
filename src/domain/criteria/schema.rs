//! How the contract describes a method's parameters.

use std::borrow::Cow;

use utoipa::{
    PartialSchema, ToSchema,
    openapi::{Ref, RefOr, Schema, schema::AnyOfBuilder},
};

use super::{
    BonusParameters, ExpertParameters, LeaderRelativeParameters, PassFailParameters, PenaltyParameters,
    PerItemParameters, ProportionalParameters, Rule, ShortfallParameters, StepsParameters,
};

/// By hand, because a bonus and a penalty have the same members: `oneOf`, which the derive makes, would match both and
/// so neither.
impl PartialSchema for Rule {
    fn schema() -> RefOr<Schema> {
        AnyOfBuilder::new()
            .description(Some(
                "The parameters of a criterion's method; which of the forms, the criterion's `method` says.",
            ))
            .item(Ref::from_schema_name(ExpertParameters::name()))
            .item(Ref::from_schema_name(ProportionalParameters::name()))
            .item(Ref::from_schema_name(ShortfallParameters::name()))
            .item(Ref::from_schema_name(StepsParameters::name()))
            .item(Ref::from_schema_name(LeaderRelativeParameters::name()))
            .item(Ref::from_schema_name(PassFailParameters::name()))
            .item(Ref::from_schema_name(PerItemParameters::name()))
            .item(Ref::from_schema_name(BonusParameters::name()))
            .item(Ref::from_schema_name(PenaltyParameters::name()))
            .into()
    }
}

impl ToSchema for Rule {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("CriterionParameters")
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        collect::<ExpertParameters>(schemas);
        collect::<ProportionalParameters>(schemas);
        collect::<ShortfallParameters>(schemas);
        collect::<StepsParameters>(schemas);
        collect::<LeaderRelativeParameters>(schemas);
        collect::<PassFailParameters>(schemas);
        collect::<PerItemParameters>(schemas);
        collect::<BonusParameters>(schemas);
        collect::<PenaltyParameters>(schemas);
    }
}

fn collect<T: ToSchema>(schemas: &mut Vec<(String, RefOr<Schema>)>) {
    schemas.push((T::name().into_owned(), T::schema()));
    T::schemas(schemas);
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    /// The parameters' schemas as one JSON Schema document.
    fn document() -> Value {
        let mut schemas = Vec::new();
        Rule::schemas(&mut schemas);
        let schemas: serde_json::Map<String, Value> =
            schemas.into_iter().map(|(name, schema)| (name, json!(schema))).collect();
        json!({ "$ref": "#/components/schemas/CriterionParameters", "components": { "schemas": schemas } })
    }

    #[test]
    fn what_the_service_writes_obeys_the_contract() {
        let mut document = document();
        document["components"]["schemas"]["CriterionParameters"] = json!(Rule::schema());
        let contract = jsonschema::validator_for(&document).unwrap();
        for written in [
            json!({}),
            json!({ "direction": "lower_is_better", "target": 0.1, "target_from_line": false, "round_digits": 4 }),
            json!({ "direction": "higher_is_better", "target": null, "target_from_line": true, "round_digits": 0 }),
            json!({ "direction": "higher_is_better", "target": 1, "over_fulfilment_cap": 120, "round_digits": 0 }),
            json!({ "direction": "higher_is_better", "target": 1, "counting": "full", "deduction": 0.5 }),
            json!({ "direction": "higher_is_better", "target": 95, "measure": "ratio", "bands": [{ "points": 10 }] }),
            json!({ "points_each": 1 }),
            json!({ "points_each": 2.5, "cap": 10 }),
            json!({ "points_each": 1, "cap": null }),
        ] {
            assert!(contract.is_valid(&written), "{written}");
        }
        assert!(!contract.is_valid(&json!({ "points_each": 1, "weight": 1 })));
    }
}
