import pytest

from intents.classify import judge, kinds
from intents.errors import BadModelError, TooFewExamplesError
from intents.features import prepared
from intents.model import Model
from intents.taxonomy import Taxonomy
from intents.train import Labelled, fingerprint, train

NOTHING = Taxonomy((), {}, {}, {}, {}, {})
PAIRS = tuple(
    Labelled(f"{text}第{i}次", label, "zh-TW")
    for i in range(6)
    for text, label in (("路燈不亮很暗", "lamps"), ("垃圾沒有人收", "rubbish"))
)


def test_a_model_comes_back_from_its_bytes_judging_alike(model: Model) -> None:
    text = prepared("民生東路三段的路燈壞了")
    assert judge(Model.load(model.dump()), text) == judge(model, text)


def test_dumping_what_was_loaded_gives_the_same_bytes(model: Model) -> None:
    assert Model.load(model.dump()).dump() == model.dump()


@pytest.mark.parametrize("cut", [0, 4, 12, 40, 300])
def test_broken_bytes_are_no_model(cut: int) -> None:
    with pytest.raises(BadModelError):
        Model.load(train(NOTHING, PAIRS).dump()[:cut])


def test_labels_need_no_taxonomy() -> None:
    assert judge(train(NOTHING, PAIRS), prepared("路燈不亮")).domain == "lamps"


def test_training_twice_gives_the_same_bytes() -> None:
    assert train(NOTHING, PAIRS).dump() == train(NOTHING, PAIRS).dump()


def test_one_label_is_too_few() -> None:
    with pytest.raises(TooFewExamplesError):
        train(NOTHING, PAIRS[::2])


def test_the_fingerprint_changes_with_the_examples(taxonomy: Taxonomy) -> None:
    assert fingerprint(taxonomy, PAIRS) != fingerprint(taxonomy)


def test_a_model_is_named_by_its_fingerprint(taxonomy: Taxonomy, model: Model) -> None:
    assert fingerprint(taxonomy).startswith(model.version)


def test_a_kind_that_words_name_is_the_likeliest(model: Model) -> None:
    assert kinds(model, prepared("巷口的路燈壞了"))[0] == "street_lamp"


def test_all_kinds_are_put_in_order(model: Model, taxonomy: Taxonomy) -> None:
    every = {kind.id for domain in taxonomy.domains for kind in domain.kinds}
    assert set(kinds(model, prepared("這裡很吵"))) == every


def test_labels_without_a_taxonomy_have_no_kinds() -> None:
    assert kinds(train(NOTHING, PAIRS), prepared("路燈不亮")) == ()


def test_a_domain_and_a_kind_are_found_by_their_ids(taxonomy: Taxonomy) -> None:
    every = [(domain, kind) for domain in taxonomy.domains for kind in domain.kinds]
    found = [(taxonomy.domain_of(kind.id), taxonomy.kind(kind.id)) for _, kind in every]
    assert found == every


def test_ids_that_the_city_lacks_are_nothing(taxonomy: Taxonomy) -> None:
    unknown = (taxonomy.domain("moon"), taxonomy.kind("moon"), taxonomy.domain_of("moon"))
    assert unknown == (None, None, None)
