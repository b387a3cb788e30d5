// What a message of the Common Alerting Protocol says in one language.

extension CAPMessage {
    /// One `<info>` (CAP 1.2 §3.2.2); its members stand in the order of the standard.
    package struct Info: Sendable, Hashable {
        package enum Category: String, Sendable, CaseIterable {
            case geophysical = "Geo"
            case weather = "Met"
            case safety = "Safety"
            case security = "Security"
            case rescue = "Rescue"
            case fire = "Fire"
            case health = "Health"
            case environment = "Env"
            case transport = "Transport"
            case infrastructure = "Infra"
            case hazardousMaterials = "CBRNE"
            case other = "Other"
        }

        package enum ResponseType: String, Sendable, CaseIterable {
            case shelter = "Shelter"
            case evacuate = "Evacuate"
            case prepare = "Prepare"
            case execute = "Execute"
            case avoid = "Avoid"
            case monitor = "Monitor"
            case assess = "Assess"
            case allClear = "AllClear"
            case nothing = "None"
        }

        package enum Urgency: String, Sendable, CaseIterable {
            case immediate = "Immediate"
            case expected = "Expected"
            case future = "Future"
            case past = "Past"
            case unknown = "Unknown"
        }

        package enum Severity: String, Sendable, CaseIterable {
            case extreme = "Extreme"
            case severe = "Severe"
            case moderate = "Moderate"
            case minor = "Minor"
            case unknown = "Unknown"
        }

        package enum Certainty: String, Sendable, CaseIterable {
            case observed = "Observed"
            case likely = "Likely"
            case possible = "Possible"
            case unlikely = "Unlikely"
            case unknown = "Unknown"
        }

        /// The language's tag (RFC 3066), such as `zh-CN`.
        package var language: String
        package var categories: [Category]
        /// What kind of matter it is.
        package var event: String
        package var responseTypes: [ResponseType] = []
        package var urgency: Urgency
        package var severity: Severity
        package var certainty: Certainty
        package var audience: String?
        package var eventCodes: [NamedValue] = []
        /// From when the message counts; from its sending if left out.
        package var effective: CAPTime?
        /// When the matter begins.
        package var onset: CAPTime?
        /// From when the message counts no more.
        package var expires: CAPTime?
        package var senderName: String?
        package var headline: String?
        package var description: String?
        package var instruction: String?
        package var web: String?
        package var contact: String?
        package var parameters: [NamedValue] = []
        package var resources: [Resource] = []
        package var areas: [Area] = []

        package init(
            language: String,
            categories: [Category],
            event: String,
            urgency: Urgency,
            severity: Severity,
            certainty: Certainty
        ) {
            self.language = language
            self.categories = categories
            self.event = event
            self.urgency = urgency
            self.severity = severity
            self.certainty = certainty
        }
    }
}
