"""Words of the record and the terms of DPV 2.3 for them, as local names.

A word without a line here has no term; its text is written instead.
"""

from typing import Final

SUBJECTS: Final = {
    "customer_admin": "Customer",
    "customer_user": "User",
    "subscriber": "Subscriber",
    "site_visitor": "Visitor",
    "payer": "Customer",
    "employee": "Employee",
    "job_applicant": "JobApplicant",
    "survey_participant": "Participant",
    "patient": "Patient",
    "student": "Student",
    "child": "Child",
    "guardian": "GuardianOfDataSubject",
}
BASES: Final = {
    "consent": "A6-1-a",
    "contract": "A6-1-b",
    "legal_obligation": "A6-1-c",
    "vital_interests": "A6-1-d",
    "public_task": "A6-1-e",
    "legitimate_interests": "A6-1-f",
}
TOOLS: Final = {
    "adequacy": "A45-3",
    "legal_instrument": "A46-2-a",
    "bcr": "A46-2-b",
    "scc": "A46-2-c",
    "scc_authority": "A46-2-d",
    "code_of_conduct": "A46-2-e",
    "certification": "A46-2-f",
    "ad_hoc_clauses": "A46-3-a",
    "administrative_arrangement": "A46-3-b",
}
MEASURES: Final = {
    "encryption_in_transit": "EncryptionInTransfer",
    "encryption_at_rest": "EncryptionAtRest",
    "hashing": "HashFunctions",
    "masking": "DataRedaction",
    "pseudonymisation": "Pseudonymisation",
    "access_need_to_know": "AccessControlMethod",
    "mfa": "MultiFactorAuthentication",
    "physical_security": "PhysicalSecureStorage",
    "backup": "DataBackupProtocols",
    "logging": "ActivityMonitoring",
    "processor_control": "VendorManagement",
    "staff_training": "StaffTraining",
}
HOSTING: Final = {
    "public_cloud": "ProvidedAsPublicCloudService",
    "private_cloud": "ProvidedAsPrivateCloudService",
    "iaas": "ProvidedAsIaaS",
    "paas": "ProvidedAsPaaS",
    "saas": "ProvidedAsSaaS",
}
PARTIES: Final = {
    "controller": "DataController",
    "joint_controller": "DataController",
    "processor": "DataProcessor",
    "sub_processor": "DataSubProcessor",
    "authority": "Authority",
}
STATUS: Final = {
    "active": "ActivityOngoing",
    "draft": "ActivityProposed",
    "ended": "ActivityCompleted",
}
