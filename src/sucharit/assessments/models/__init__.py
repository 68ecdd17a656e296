"""Tables of assessments."""

from sucharit.assessments.models.approvals import Approval, ApprovalEvent, UnlockRequest
from sucharit.assessments.models.authoring import InstrumentDraft
from sucharit.assessments.models.campaigns import Campaign, CampaignUnit
from sucharit.assessments.models.checklist_marks import (
    ChecklistMark,
    ChecklistObjection,
    ChecklistResult,
    ChecklistSample,
    FrameworkMapping,
)
from sucharit.assessments.models.checklists import (
    ChecklistAnswer,
    ChecklistAssignment,
    ChecklistAssignmentEvent,
    ChecklistCopy,
    ChecklistEvent,
    ChecklistState,
)
from sucharit.assessments.models.collect import (
    CollectCode,
    CollectCounter,
    CollectDraft,
    CollectKey,
    CollectResponse,
    CollectResult,
    CollectTurn,
)
from sucharit.assessments.models.fieldwork import PaperBatch, PaperEntry, Reminder
from sucharit.assessments.models.framework import Framework
from sucharit.assessments.models.intake import AccessKey, ResponseCounter, SurveyResponse
from sucharit.assessments.models.moral import MoralCertificate
from sucharit.assessments.models.oit import Mark, Objection, OitEntry, OitLink
from sucharit.assessments.models.oit_work import (
    OitAssignment,
    OitItemEvent,
    SecondReading,
    SecondReadingSample,
)
from sucharit.assessments.models.planner import EffortSetting, RankSetting, SurveyFacts
from sucharit.assessments.models.proof import LinkVisit, Proof, ProofRevision, ProofUse
from sucharit.assessments.models.quality import QualityReview, QualityRun, QualitySignal
from sucharit.assessments.models.results import NodeScore, ScoreRun, UnitResult
from sucharit.assessments.models.rounds import Participation, Round

__all__ = [
    "AccessKey",
    "Approval",
    "ApprovalEvent",
    "Campaign",
    "CampaignUnit",
    "ChecklistAnswer",
    "ChecklistAssignment",
    "ChecklistAssignmentEvent",
    "ChecklistCopy",
    "ChecklistEvent",
    "ChecklistMark",
    "ChecklistObjection",
    "ChecklistResult",
    "ChecklistSample",
    "ChecklistState",
    "CollectCode",
    "CollectCounter",
    "CollectDraft",
    "CollectKey",
    "CollectResponse",
    "CollectResult",
    "CollectTurn",
    "EffortSetting",
    "Framework",
    "FrameworkMapping",
    "InstrumentDraft",
    "LinkVisit",
    "Mark",
    "MoralCertificate",
    "NodeScore",
    "Objection",
    "OitAssignment",
    "OitEntry",
    "OitItemEvent",
    "OitLink",
    "PaperBatch",
    "PaperEntry",
    "Participation",
    "Proof",
    "ProofRevision",
    "ProofUse",
    "QualityReview",
    "QualityRun",
    "QualitySignal",
    "RankSetting",
    "Reminder",
    "ResponseCounter",
    "Round",
    "ScoreRun",
    "SecondReading",
    "SecondReadingSample",
    "SurveyFacts",
    "SurveyResponse",
    "UnitResult",
    "UnlockRequest",
]
