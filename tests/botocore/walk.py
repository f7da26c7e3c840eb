"""A random walk over valid calls: resources are created, used, tagged and deleted in any order.

Usage: walk.py SEED STEPS. Beside the service it keeps its own book of what there is and what uses what, foretells each
answer by the rules that the service documents (a conflict where something is in use, not found after deletion), and ends
with 1 at the first answer that is another. The server's clock must stand still but for its administration, a composition
must take ten seconds to start and to stop, and must not end by itself.
"""

import random
import sys

from service import administer, client, code_of

SEED, STEPS = int(sys.argv[1]), int(sys.argv[2])
CONFLICT, NOT_FOUND = "ConflictException", "ResourceNotFoundException"
ivs = client()
dice = random.Random(SEED)

# What there is, by ARN, with its tags; and of some what they use.
tags = {}
kinds = {}
gone = []
recorded_to = {}  # stage: storage configuration, or None
compositions = {}  # ARN: [state, stage, encoder, storage]
ingests = {}  # ARN: [stream key, stage or None, whether an encoder publishes]


def there(kind):
    return sorted(arn for arn in kinds if kinds[arn] == kind)


def add(kind, arn, wanted):
    kinds[arn], tags[arn] = kind, wanted


def remove(arn):
    gone.append((kinds.pop(arn), arn))
    del tags[arn]


def some_tags():
    return {f"k{dice.randrange(5)}": str(dice.randrange(100)) for _ in range(dice.randrange(3))}


def create_stage():
    wanted, storage = some_tags(), dice.choice([None, *there("storage_configuration")])
    recording = {"autoParticipantRecordingConfiguration": {"storageConfigurationArn": storage}} if storage else {}
    arn = ivs.create_stage(tags=wanted, **recording)["stage"]["arn"]
    add("stage", arn, wanted)
    recorded_to[arn] = storage


def create_encoder_configuration():
    wanted = some_tags()
    add("encoder_configuration", ivs.create_encoder_configuration(tags=wanted)["encoderConfiguration"]["arn"], wanted)


def create_storage_configuration():
    wanted = some_tags()
    made = ivs.create_storage_configuration(s3={"bucketName": "bucket"}, tags=wanted)["storageConfiguration"]
    add("storage_configuration", made["arn"], wanted)


def create_ingest_configuration():
    wanted, stage = some_tags(), dice.choice([None, *there("stage")])
    attached = {"stageArn": stage} if stage else {}
    made = ivs.create_ingest_configuration(ingestProtocol="RTMPS", tags=wanted, **attached)["ingestConfiguration"]
    add("ingest_configuration", made["arn"], wanted)
    ingests[made["arn"]] = [made["streamKey"], stage, False]


def connect_encoder():
    """An encoder publishes by an ingest configuration that has a stage."""
    for arn, ingest in sorted(ingests.items()):
        if ingest[1] and not ingest[2]:
            administer("connect-encoder", streamKey=ingest[0])
            ingest[2] = True
            return arn
    return None


def start_composition():
    """With one thing in five that was deleted."""

    def one(kind):
        lost = [arn for was, arn in gone if was == kind]
        return dice.choice(lost if lost and dice.random() < 0.2 else there(kind) or lost or [None])

    stage, encoder, storage = one("stage"), one("encoder_configuration"), one("storage_configuration")
    if None in (stage, encoder, storage):
        return None
    wanted, destination = some_tags(), {"storageConfigurationArn": storage, "encoderConfigurationArns": [encoder]}
    token = f"token-{dice.randrange(10**9)}"
    request = {"stageArn": stage, "destinations": [{"s3": destination}], "tags": wanted, "idempotencyToken": token}
    made = []
    expect(
        None if all(arn in kinds for arn in (stage, encoder, storage)) else NOT_FOUND,
        lambda: made.append(ivs.start_composition(**request)["composition"]["arn"]),
    )
    if made:
        again = ivs.start_composition(**request)["composition"]["arn"]
        assert again == made[0], "the same token made a second composition"
        compositions[made[0]] = ["STARTING", stage, encoder, storage]
    return made


def advance():
    """Compositions that start become active, those that stop have stopped."""
    administer("advance", seconds=10)
    for composition in compositions.values():
        composition[0] = {"STARTING": "ACTIVE", "STOPPING": "STOPPED"}.get(composition[0], composition[0])


def stop_composition():
    if compositions:
        arn = dice.choice(sorted(compositions))
        under_way = compositions[arn][0] in ("STARTING", "ACTIVE")
        expect(None if under_way else CONFLICT, lambda: ivs.stop_composition(arn=arn))
        if under_way:
            compositions[arn][0] = "STOPPING"


def get_composition():
    if compositions:
        arn = dice.choice(sorted(compositions))
        found = ivs.get_composition(arn=arn)["composition"]["state"]
        assert found == compositions[arn][0], f"{arn} is {found} and not {compositions[arn][0]}"


def tag():
    if kinds:
        arn, wanted = dice.choice(sorted(kinds)), some_tags() or {"a": "b"}
        ivs.tag_resource(resourceArn=arn, tags=wanted)
        tags[arn].update(wanted)


def untag():
    if kinds:
        arn = dice.choice(sorted(kinds))
        keys = [f"k{dice.randrange(5)}"]
        ivs.untag_resource(resourceArn=arn, tagKeys=keys)
        tags[arn] = {key: value for key, value in tags[arn].items() if key not in keys}


def list_tags():
    if kinds:
        arn = dice.choice(sorted(kinds))
        found = ivs.list_tags_for_resource(resourceArn=arn)["tags"]
        assert found == tags[arn], f"{arn} has the tags {found} and not {tags[arn]}"


def is_in_use(arn):
    """Whether the documented rules keep it from being deleted."""
    under_way = [used for state, *used in compositions.values() if state != "STOPPED"]
    if kinds[arn] == "ingest_configuration":
        return ingests[arn][2]
    if kinds[arn] == "stage":
        return False
    return any(arn in used[1:] for used in under_way) or arn in recorded_to.values()


def delete():
    """Whatever there is, in use or not."""
    if not kinds:
        return
    arn = dice.choice(sorted(kinds))
    kind, in_use = kinds[arn], is_in_use(arn)
    expect(CONFLICT if in_use else None, lambda: getattr(ivs, f"delete_{kind}")(arn=arn))
    if in_use:
        return
    remove(arn)
    ingests.pop(arn, None)
    if kind == "stage":
        recorded_to.pop(arn)
        for composition in compositions.values():
            if composition[1] == arn and composition[0] in ("STARTING", "ACTIVE"):
                composition[0] = "STOPPING"
        for ingest in ingests.values():
            if ingest[1] == arn:
                ingest[1:] = [None, False]


def touch_what_is_gone():
    """Nothing can be done with what was deleted."""
    if gone:
        kind, arn = dice.choice(gone)
        act = dice.choice([f"get_{kind}", f"delete_{kind}", "tag_resource", "list_tags_for_resource"])
        members = {
            "tag_resource": {"resourceArn": arn, "tags": {"a": "b"}},
            "list_tags_for_resource": {"resourceArn": arn},
        }.get(act, {"arn": arn})
        expect(NOT_FOUND, lambda: getattr(ivs, act)(**members))


def list_all():
    """Pages of three hold together what there is."""
    kind = dice.choice(["stage", "encoder_configuration", "storage_configuration", "ingest_configuration"])
    found, token = [], {}
    key = "stages" if kind == "stage" else kind.split("_")[0] + "Configurations"
    while True:
        page = getattr(ivs, f"list_{kind}s")(maxResults=3, **token)
        found += [item["arn"] for item in page[key]]
        assert len(page[key]) <= 3, page
        if "nextToken" not in page:
            break
        token = {"nextToken": page["nextToken"]}
    assert sorted(found) == there(kind), f"there are {found} and not {there(kind)}"


outcomes = {}


def expect(wanted, call):
    """Makes a call that must meet this error, or none."""
    code = code_of(call)
    outcomes[code or "fine"] = outcomes.get(code or "fine", 0) + 1
    assert code == wanted, f"{code} and not {wanted}"


STEPS_OF_WALK = [
    create_stage, create_encoder_configuration, create_storage_configuration, create_ingest_configuration,
    connect_encoder, start_composition, start_composition, advance, stop_composition, get_composition,
    tag, untag, list_tags, delete, delete, delete, touch_what_is_gone, list_all,
]  # fmt: skip


def clean_up():
    """In the order that the rules leave: compositions, stages, and then what they used."""
    for arn, composition in compositions.items():
        if composition[0] in ("STARTING", "ACTIVE"):
            ivs.stop_composition(arn=arn)
    administer("advance", seconds=10)
    for arn in there("ingest_configuration"):
        ivs.delete_ingest_configuration(arn=arn, force=True)
    for kind in ("stage", "encoder_configuration", "storage_configuration"):
        for arn in there(kind):
            getattr(ivs, f"delete_{kind}")(arn=arn)
    left = {kind: count for kind, count in administer("state").items() if count}
    assert not left, left


def main():
    for number in range(STEPS):
        # The quotas of the service leave twenty of each.
        step = delete if len(kinds) > 15 else dice.choice(STEPS_OF_WALK)
        try:
            step()
        except Exception as error:
            sys.exit(f"seed {SEED}, step {number}, {step.__name__}: {type(error).__name__}: {error}")
    clean_up()
    print(f"{STEPS} steps: {outcomes}")


main()
