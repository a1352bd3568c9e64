"""The schema. Only migrations use these models: the writer and the readers speak SQL."""

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper


class Position(models.BigIntegerField):  # type: ignore[type-arg]  # generic only in the stubs
    """A key counted by the writer: on SQLite the row's own number, so that no index is added."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return "integer" if connection.vendor == "sqlite" else "bigint"


class Ledger(models.Model):
    """A ledger of this mechanism. There is more than one only after a head was lost."""

    number = models.IntegerField(primary_key=True)
    origin = models.TextField(unique=True)
    first = models.BigIntegerField()
    first_docket = models.BigIntegerField()
    started_at = models.BigIntegerField()
    lost_size = models.BigIntegerField(null=True)
    lost_root = models.BinaryField(null=True)

    class Meta:
        db_table = "ledger"


class Entry(models.Model):
    """One entry of a ledger: its commitment, and nothing else."""

    position = Position(primary_key=True)
    commitment = models.BinaryField()

    class Meta:
        db_table = "entry"


class Act(models.Model):
    """What an entry commits to: the envelope, which stays, and the content, encrypted."""

    position = Position(primary_key=True)
    docket = models.BigIntegerField()
    sequence = models.IntegerField()
    number = models.TextField()
    act = models.TextField()
    at = models.BigIntegerField()
    settled = models.TextField()
    envelope_secret = models.BinaryField()
    digests = models.TextField()
    wrapped = models.BinaryField()
    content = models.BinaryField()

    class Meta:
        db_table = "act"
        constraints = (
            models.UniqueConstraint(fields=("docket", "sequence"), name="act_of_docket"),
        )


class Exhibit(models.Model):
    """Names the ciphertexts that an act holds."""

    pk = models.CompositePrimaryKey("position", "sealed")
    sealed = models.TextField()
    position = models.BigIntegerField()

    class Meta:
        db_table = "exhibit"


class Unit(models.Model):
    """The stored result of a unit under its idempotency key."""

    pk = models.CompositePrimaryKey("request", "item")
    request = models.BinaryField()
    item = models.IntegerField()
    position = models.BigIntegerField()
    acts = models.IntegerField()

    class Meta:
        db_table = "unit"


class Tile(models.Model):
    """The root of 256 completed entries."""

    pk = models.CompositePrimaryKey("ledger", "number")
    ledger = models.IntegerField()
    number = models.BigIntegerField()
    root = models.BinaryField()

    class Meta:
        db_table = "tile"


class Checkpoint(models.Model):
    """A head that was signed, with all its signature lines."""

    pk = models.CompositePrimaryKey("ledger", "size")
    ledger = models.IntegerField()
    size = models.BigIntegerField()
    root = models.BinaryField()
    note = models.BinaryField()
    at = models.BigIntegerField()

    class Meta:
        db_table = "checkpoint"


class Docket(models.Model):
    """A projection: where each docket stands. Folded from acts, and rebuilt from them."""

    id = Position(primary_key=True)
    kind = models.TextField()
    number = models.TextField(unique=True)
    sequence = models.IntegerField()
    last = models.BinaryField()
    first_at = models.BigIntegerField()
    last_at = models.BigIntegerField()
    party = models.TextField()
    standing = models.TextField()
    turn = models.TextField(null=True)
    facts = models.TextField()
    state = models.TextField(default="")

    class Meta:
        db_table = "docket"


class Owed(models.Model):
    """A projection: acts that someone owes, with or without a date."""

    pk = models.CompositePrimaryKey("docket", "started_by", "code", "part")
    docket = models.BigIntegerField()
    started_by = models.IntegerField()
    code = models.TextField()
    part = models.IntegerField()
    seat = models.TextField()
    since = models.BigIntegerField()
    due_on = models.TextField(null=True)
    met_by = models.IntegerField(null=True)
    allegations = models.TextField()
    binding = models.IntegerField()
    confirmed = models.IntegerField()
    calendar = models.TextField()

    class Meta:
        db_table = "owed"


class Figures(models.Model):
    """A projection: what each docket gives to the figures. It follows the acts after the commit."""

    docket = Position(primary_key=True)
    sequence = models.IntegerField()
    text = models.TextField()

    class Meta:
        db_table = "figures"


class FiguresSum(models.Model):
    """A projection: what a group of dockets gives to the figures; null until it is summed again."""

    first = Position(primary_key=True)
    text = models.TextField(null=True)

    class Meta:
        db_table = "figures_sum"


class Mark(models.Model):
    """How far a projection that follows the acts has come, and by which version of its fold."""

    name = models.TextField(primary_key=True)
    position = models.BigIntegerField()
    version = models.IntegerField()

    class Meta:
        db_table = "mark"


class Keyed(models.Model):
    """The docket that a return key opens, by the key's digest: neither a projection nor an act."""

    digest = models.BinaryField(primary_key=True)
    docket = models.BigIntegerField()
    shows = models.BigIntegerField(null=True)

    class Meta:
        db_table = "keyed"


class Job(models.Model):
    """The outbox: what is to be done after the commit."""

    name = models.TextField()
    facts = models.TextField()
    at = models.BigIntegerField()

    class Meta:
        db_table = "job"


class Year(models.Model):
    """The last serial given in a year."""

    year = models.IntegerField(primary_key=True)
    high = models.IntegerField()

    class Meta:
        db_table = "year"


class Block(models.Model):
    """A week's shuffled numbers for protected cases."""

    pk = models.CompositePrimaryKey("year", "week", "part")
    year = models.IntegerField()
    week = models.IntegerField()
    part = models.IntegerField()
    serials = models.TextField()
    drawn = models.IntegerField()

    class Meta:
        db_table = "block"
