#!/usr/bin/env bash
# The README's tour: walks through a running demonstration and prints each command with its answer, as Markdown.
# Usage: THIDUA_DEMO_PASSWORD=… docs/tour.sh [http://127.0.0.1:8080]   Needs curl and jq, and the program itself at
# $THIDUA (target/release/thidua).
set -euo pipefail
host=${1:-http://127.0.0.1:8080}
api=$host/api/v1
password=${THIDUA_DEMO_PASSWORD:?the password of the demonstration people}

title() { printf '\n**%s**\n\n' "$1"; }

# say COMMAND: prints it, runs it, prints what it says. `$api` stays as it is for the reader.
say() {
  printf '```console\n$ %s\n' "$1"
  eval "$1"
  printf '```\n'
}

sign_in() {
  curl -s "$api/auth/sign-in" -H 'Content-Type: application/json' \
    -d "{\"username\":\"$1\",\"password\":\"$password\"}" | jq -r .access_token
}

title 'Who was there when: 63 provinces before the merger of 2025, 34 since; a code names one only with a date'
say 'curl -s "$api/provinces?as_of=2024-03-01&total=true&limit=1" | jq -c .page.total'
say 'curl -s "$api/provinces?as_of=2025-07-01&total=true&limit=1" | jq -c .page.total'
say 'curl -s "$api/provinces?code=15&as_of=2024-03-01" | jq -c ".data[] | [.code, .name]"'
say 'curl -s "$api/provinces?code=15&as_of=2025-07-01" | jq -c ".data[] | [.code, .name]"'
say 'curl -s "$api/provinces?q=yen%20bai" | jq -c ".data[] | [.name, .valid_from, .valid_to]"'

title 'Sign in as the people of the year'
printf '```console\n$ token() { curl -s "$api/auth/sign-in" -H "Content-Type: application/json" -d "{\\"username\\":\\"$1\\",\\"password\\":\\"$password\\"}" | jq -r .access_token; }\n'
printf '$ secretary=$(token secretary); yen_bai=$(token officer.yen-bai); tuyen_quang=$(token officer.tuyen-quang)\n```\n'
secretary=$(sign_in secretary) yen_bai=$(sign_in officer.yen-bai) tuyen_quang=$(sign_in officer.tuyen-quang)
as_secretary="Authorization: Bearer $secretary" as_yen_bai="Authorization: Bearer $yen_bai"
as_tuyen_quang="Authorization: Bearer $tuyen_quang"
printf '```console\n$ as_secretary="Authorization: Bearer $secretary"; as_yen_bai="Authorization: Bearer $yen_bai"; as_tuyen_quang="Authorization: Bearer $tuyen_quang"\n```\n'
say 'curl -s "$api/me" -H "$as_tuyen_quang" | jq -c "{username, role, head_of: [.head_of[].year]}"'

title 'The cluster, its year, its members'
cluster=$(curl -s "$api/clusters?code=CUM-TDMNPB" | jq -r '.data[0].id')
cycle=$(curl -s "$api/cycles?cluster_id=$cluster&year=2023" -H "$as_secretary" | jq -r '.data[0].id')
next=$(curl -s "$api/cycles?cluster_id=$cluster&year=2024" -H "$as_secretary" | jq -r '.data[0].id')
say 'cluster=$(curl -s "$api/clusters?code=CUM-TDMNPB" | jq -r ".data[0].id")'
say 'cycle=$(curl -s "$api/cycles?cluster_id=$cluster&year=2023" | jq -r ".data[0].id")'
say 'curl -s "$api/memberships?cycle_id=$cycle&expand=province" | jq -c ".data[] | [.province.name, .role, .certainty]"'

title 'The pledge of Yên Bái and its targets'
say 'curl -s "$api/pledges?cycle_id=$cycle" -H "$as_yen_bai" -G -d expand=province | jq -c ".data[] | select(.province.name == \"Yên Bái\") | [.province.name, .state, .targets_summary.text]"'
say 'curl -s "$api/targets?cycle_id=$cycle&outcome=missed" -H "$as_yen_bai" | jq -c ".data[] | [.name, .unit, .target, .actual, .outcome, .certainty]"'

title 'The criteria: a tree that adds up'
set_id=$(curl -s "$api/criteria-sets?cycle_id=$cycle" -H "$as_secretary" | jq -r '.data[0].id')
say 'set_id=$(curl -s "$api/criteria-sets?cycle_id=$cycle" -H "$as_secretary" | jq -r ".data[0].id")'
say 'curl -s "$api/criteria-sets/$set_id/tree" -H "$as_secretary" | jq -c ".nodes[] | [.code, .name, .max_points, (.children | length)]"'

title 'The scorecard of Yên Bái, explained line by line'
province=$(curl -s "$api/provinces?code=15&as_of=2023-06-01" | jq -r '.data[0].id')
card=$(curl -s "$api/scorecards?cycle_id=$cycle&province_id=$province" -H "$as_yen_bai" | jq -r '.data[0].id')
say 'province=$(curl -s "$api/provinces?code=15&as_of=2023-06-01" | jq -r ".data[0].id")'
say 'card=$(curl -s "$api/scorecards?cycle_id=$cycle&province_id=$province" -H "$as_yen_bai" | jq -r ".data[0].id")'
say 'curl -s "$api/scorecards/$card/breakdown" -H "$as_yen_bai" | jq -c "[.lines[] | select(.code == \"I.1\")][0]"'

title 'What supports a line that demands evidence'
say 'curl -s "$api/evidence?scorecard_id=$card" -H "$as_yen_bai" | jq -c ".data[] | [.kind, .title, .url]"'

title 'Points relative to the best of the cluster, since the sheets are locked'
say 'curl -s "$api/scorecards/$card/breakdown" -H "$as_yen_bai" | jq -c ".lines[] | select(.method == \"leader_relative\") | [.code, .attained, .target, .best, .formula]"'

title 'A line that its province contested, and what the second appraisal answered'
say 'curl -s "$api/scores?cycle_id=$cycle&contested=true" -H "$as_secretary" | jq -c ".data[] | [.criterion.code, .self.points, .appraised.points, .explanation.text, .second.points, .second.answer, .final.points]"'

title 'The ranking, as everybody sees it since the conference; a tie went to the first tie-breaker'
say 'curl -s "$api/cycles/$cycle/ranking" | jq -c ".entries[] | [.place, .province.name, .total, .classification]"'
say 'curl -s "$api/cycles/$cycle/ranking" | jq -c ".entries[2,3] | [.province.name, (.tie_breaks[] | [.tie_breaker.by, .value, .separated])]"'

title 'The ranking proves itself: computed again from its own inputs, by the service or by anybody'
ranking=$(curl -s "$api/cycles/$cycle/ranking" | jq -r .id)
say 'ranking=$(curl -s "$api/cycles/$cycle/ranking" | jq -r .id)'
say 'curl -s -X POST "$api/rankings/$ranking/verify" -H "$as_secretary" | jq -c "{algorithm, sha256, holds, differences}"'
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
proof=$folder/proof.json thidua=${THIDUA:-target/release/thidua}
say 'curl -s "$api/rankings/$ranking/proof" -H "$as_yen_bai" >"$proof"; "$thidua" verify "$proof"'
say 'sed "s/\"self_points\":\"/&1/" "$proof" | "$thidua" verify - 2>&1 || echo "exit code $?"'

title 'What if the leader had been excluded? Nothing is stored'
leader=$(curl -s "$api/cycles/$cycle/ranking" | jq -r '.entries[0].province.id')
say 'leader=$(curl -s "$api/cycles/$cycle/ranking" | jq -r ".entries[0].province.id")'
say 'curl -s "$api/cycles/$cycle/ranking/preview" -H "$as_secretary" -H "Content-Type: application/json" -d "{\"changes\":[{\"kind\":\"exclude\",\"province_id\":\"$leader\"}]}" | jq -c ".entries[] | select(.changed) | [.province.name, .before.place, .after.place, .before.total, .after.total]"'

title 'The year in figures: what the provinces gave themselves, what the appraisers found, who stands far outside'
say 'curl -s "$api/cycles/$cycle/matrix" -H "$as_yen_bai" | jq -c "[.columns[].code], (.rows[] | [.province.name, (.cells[] | [.self, .appraised]), .total.distance])"'
say 'curl -s "$api/cycles/$cycle/statistics" -H "$as_yen_bai" | jq -c "(.total.final | {count, mean, median, standard_deviation}), (.outliers[] | [.province.name, .code, .measure, .value, .fence, .bound])"'

title 'The ranking as a picture'
say 'curl -s "$api/rankings/$ranking/chart.svg" -H "Accept-Language: vi" -o "$folder/ranking.svg" -w "%{http_code} %{content_type}\n"'

title 'The award rules, set before anybody knew whom they favour, and what they find of each province'
say 'curl -s "$api/award-rules?cycle_id=$cycle" -H "$as_yen_bai" | jq -c ".data[] | [.place_from, .place_to, .ballot_required, .reason]"'
say 'curl -s -X POST "$api/cycles/$cycle/nominations/propose" -H "$as_secretary" | jq -c ".findings[] | [.award_type.name, (.provinces[:3][] | [.province.name, .finding])]"'

title 'The conference votes by secret ballot: on nominations, and on head and deputy of the next year'
say 'curl -s "$api/ballots?cycle_id=$cycle&sort=created_at" -H "$as_yen_bai" | jq -c ".data[] | [.kind, .title, .outcome, .how]"'
election=$(curl -s "$api/ballots?cycle_id=$cycle&kind=election&sort=created_at" -H "$as_yen_bai" | jq -r '.data[0].id')
say 'election=$(curl -s "$api/ballots?cycle_id=$cycle&kind=election&sort=created_at" -H "$as_yen_bai" | jq -r ".data[0].id")'
say 'curl -s "$api/ballots/$election" -H "$as_yen_bai" | jq -c "[.voters[] | [.name, .voted]], .result.candidates"'
say 'curl -s "$api/ballots/$election/votes" -H "$as_yen_bai" | jq -c ".votes[:2][]"'
say 'curl -s "$api/ballots/$election/find-vote" -H "$as_yen_bai" -H "Content-Type: application/json" -d "{\"receipt\":\"forged\"}" | jq -c .'

title 'From the nomination to the award'
say 'curl -s "$api/nominations?cycle_id=$cycle&expand=award_type,province" -H "$as_secretary" | jq -c ".data[] | [.place, .province.name, .award_type.name, .state]"'
nomination=$(curl -s "$api/nominations?cycle_id=$cycle&province_id=$province" -H "$as_secretary" | jq -r '.data[0].id')
say 'nomination=$(curl -s "$api/nominations?cycle_id=$cycle&province_id=$province" -H "$as_secretary" | jq -r ".data[0].id")'
say 'curl -s "$api/nominations/$nomination/dossier" -H "$as_yen_bai" | jq -c "(.entries[] | [.document_kind, .required, (.documents | length)]), {missing}"'
say 'curl -s "$api/nominations/$nomination" | jq -c "[.state, .public_comment_from, .public_comment_until, .appraisal_opinion]"'
decision="{\"nomination_id\":\"$nomination\",\"decision_number\":\"DEMO-1/QĐ-TTg\",\"decided_on\":\"2024-06-20\",\"signatory_name\":\"Người ký (minh họa)\",\"signatory_title\":\"Phó Thủ tướng\",\"citation\":\"Đơn vị có điểm cao thứ hai Cụm thi đua năm 2023\"}"
printf '```console\n$ decision='"'"'{"nomination_id":"…","decision_number":"DEMO-1/QĐ-TTg","decided_on":"2024-06-20","signatory_name":"Người ký (minh họa)","signatory_title":"Phó Thủ tướng","citation":"Đơn vị có điểm cao thứ hai Cụm thi đua năm 2023"}'"'"'\n```\n'
say 'curl -s "$api/awards" -H "$as_secretary" -H "Content-Type: application/json" -d "$decision" | jq -c "{decision_number, authority, state, reward}"'

say 'curl -s "$api/decisions?cycle_id=$cycle" | jq -c ".data[] | [.number, .title, .awards_count, .standing_count, .reward_total, .to_recover_total]"'
say 'curl -s "$api/awards?cycle_id=$cycle&state=revoked" | jq -c ".data[] | [.decision_number, .state, .reward.amount, .amount_to_recover]"'

title 'The award of Yên Bái in the history of the province that followed it'
say 'heir=$(curl -s "$api/provinces?code=15&as_of=2025-07-01" | jq -r ".data[0].id")'
heir=$(curl -s "$api/provinces?code=15&as_of=2025-07-01" | jq -r '.data[0].id')
say 'curl -s "$api/provinces/$heir/award-history" | jq -c "[.province.name], (.data[] | [.recipient_province.name, .as_predecessor, .through.effective_on, .award.decision_number])"'

title 'The conference: who chaired it, and what it resolved; names of people were not reported'
conference=$(curl -s "$api/conferences?cycle_id=$cycle&kind=year_end" | jq -r '.data[0].id')
say 'conference=$(curl -s "$api/conferences?cycle_id=$cycle&kind=year_end" | jq -r ".data[0].id")'
say 'curl -s "$api/conferences/$conference" | jq -c "[.title, .starts_at, .place, .state], (.participants[] | [.role, .title])"'
say 'curl -s "$api/resolutions?conference_id=$conference&sort=number" | jq -c ".data[] | [.number, .kind, .text]"'

title 'What the cluster does beside the score: money for houses, recommendations, figures'
say 'curl -s "$api/contributions?cycle_id=$cycle&expand=host_province" | jq -c ".data[] | [.purpose, .announced_amount, .host_province.name, .certainty]"'
say 'curl -s "$api/recommendations?cycle_id=$cycle&sort=created_at" -H "$as_yen_bai" | jq -c ".data[] | [.addressee, .title, .state, .certainty]"'
say 'curl -s "$api/achievement-figures?province_id=$province&sort=created_at" | jq -c ".data[] | [.indicator_en, .value, .rank_in_region, .ranked_in_region, .rank_in_country, .ranked_in_country]"'
say 'curl -s "$api/provinces/$province/assignment-summary?year=2023" -H "$as_yen_bai" | jq -c ".total | [.assigned, .reported, .late]"'
say 'curl -s "$api/exemplars" | jq -c ".data[] | [.kind, .name, .state, .certainty]"'

title 'The pledge of the cluster for 2024, signed by all, and as a Word document'
say 'curl -s "$api/cycles/$next/pledge" -H "$as_yen_bai" | jq -c "[.complete, .signed], (.members[:2][] | [.province.name, .signed_at, .signed_place])"'
say 'curl -s "$api/cycles/$next/pledge/content" -H "$as_yen_bai" -o "$folder/giao-uoc.docx" -w "%{http_code} %{content_type}\n"'

title 'The years of the province of today, through the merger, for a chart'
say 'curl -s "$api/provinces/$heir/statistics?through_mergers=true" | jq -c "[.province.name], (.years[] | [.year, .place, .ranked, .percent])"'
say 'curl -s "$api/statistics/targets?province_id=$province" -H "$as_yen_bai" | jq -c ".groups[] | [.year, .figures]"'

title 'A merger is tried before it is entered: nothing is stored'
printf '```console\n$ as_administrator="Authorization: Bearer $(token administrator)"\n```\n'
as_administrator="Authorization: Bearer $(sign_in administrator)"
other=$(curl -s "$api/provinces?code=12&as_of=2026-01-01" | jq -r '.data[0].id')
say 'other=$(curl -s "$api/provinces?code=12&as_of=2026-01-01" | jq -r ".data[0].id")'
merger="{\"kind\":\"merger\",\"effective_on\":\"2027-07-01\",\"predecessor_ids\":[\"$heir\",\"$other\"],\"successors\":[{\"code\":\"15\",\"name\":\"Hoàng Liên\",\"name_en\":\"Hoang Lien\",\"kind\":\"province\"}]}"
printf '```console\n$ merger='"'"'{"kind":"merger","effective_on":"2027-07-01","predecessor_ids":["…","…"],"successors":[{"code":"15","name":"Hoàng Liên","name_en":"Hoang Lien","kind":"province"}]}'"'"'\n```\n'
say 'curl -s "$api/province-events/preview" -H "$as_administrator" -H "Content-Type: application/json" -d "$merger" | jq -c "{last_day, predecessors: [.predecessors[].name], cycles: (.cycles | length), past, ready}"'

title 'The next year is running: what is missing for its next step, as data'
next_line='next=$(curl -s "$api/cycles?cluster_id=$cluster&year=2024" -H "$as_secretary" | jq -r ".data[0].id")'
say "$next_line"
say 'curl -s "$api/cycles/$next/readiness" -H "$as_tuyen_quang" | jq -c "{step, ready, blockers: [.blockers[] | {code, message}]}"'
say 'curl -s -X POST "$api/cycles/$next/activate" -H "$as_tuyen_quang" -H "If-Match: \"0\"" | jq -c "{type, status, title}"'
say 'curl -s -X POST "$api/cycles/$next/activate" -H "$as_tuyen_quang" -H "If-Match: *" -H "Accept-Language: vi" | jq -c "{type, status, title, blockers: [.blockers[].message]}"'

title 'Everything is in the journal'
auditor=$(sign_in auditor)
printf '```console\n$ auditor=$(token auditor)\n```\n'
say 'curl -s "$api/journal?cycle_id=$cycle&action=cycle.publish" -H "Authorization: Bearer $auditor" | jq -c ".data[] | [.at, .action, .resource_type, .resource_version, .before.state, .after.state]"'
