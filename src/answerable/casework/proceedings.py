"""The use cases of proceedings, ready: a part of the Application."""

from dataclasses import dataclass

from answerable.casework.collect_response import CollectResponse
from answerable.casework.do_step import DoStep
from answerable.casework.print_response import PrintResponse
from answerable.casework.proceeding_points import PointsAsked
from answerable.casework.proceeding_view import ProceedingViews
from answerable.casework.record_request import RecordRequest


@dataclass(frozen=True, slots=True)
class Proceedings:
    """What people do with a monitor's request, and the reads that pages of it need."""

    record: RecordRequest
    do: DoStep
    views: ProceedingViews
    points: PointsAsked
    collect: CollectResponse
    paper: PrintResponse
