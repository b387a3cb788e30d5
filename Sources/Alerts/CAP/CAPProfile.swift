// What the settings say of messages of the Common Alerting Protocol: who sends them, for where, and how bad is how bad.

package import Almanac
package import Diagnostics

/// How this district writes its messages.
package struct CAPProfile: Sendable, Hashable {
    /// What a kind of check, or a job, is about.
    package struct Matter: Sendable, Hashable {
        package let categories: [CAPMessage.Info.Category]
        /// Whether it is about the district or about dutyd itself.
        package let status: CAPMessage.Status

        package init(categories: [CAPMessage.Info.Category], status: CAPMessage.Status = .actual) {
            self.categories = categories
            self.status = status
        }
    }

    /// What a state of ours means in the words of the standard.
    package struct Level: Sendable, Hashable {
        package let urgency: CAPMessage.Info.Urgency
        package let severity: CAPMessage.Info.Severity
        package let certainty: CAPMessage.Info.Certainty
        package let responseTypes: [CAPMessage.Info.ResponseType]

        package init(
            urgency: CAPMessage.Info.Urgency,
            severity: CAPMessage.Info.Severity,
            certainty: CAPMessage.Info.Certainty,
            responseTypes: [CAPMessage.Info.ResponseType]
        ) {
            self.urgency = urgency
            self.severity = severity
            self.certainty = certainty
            self.responseTypes = responseTypes
        }

        /// What every end means.
        static let ended = Level(
            urgency: .past,
            severity: .minor,
            certainty: .observed,
            responseTypes: [.allClear]
        )
    }

    /// The name by which messages tell who sends them; unique in the world.
    package let sender: String
    /// The district's name by language of words.
    package let district: [String: String]
    /// The district's code in GB/T 2260, such as 310105.
    package let division: String?
    /// How long a message counts unless a later one takes its place.
    package let life: TimeSpan
    /// How long a message counts that tells of an end.
    package let lifeOfEnd: TimeSpan
    /// By kind of check.
    package let kinds: [String: Matter]
    /// By job; these win over its kind.
    package let jobs: [String: Matter]
    package let warning: Level
    package let critical: Level
    package let web: String?
    package let contact: String?
    /// The district's border, each polygon as the standard writes it.
    package let polygons: [String]

    package init(
        sender: String,
        district: [String: String],
        division: String?,
        life: TimeSpan,
        lifeOfEnd: TimeSpan,
        kinds: [String: Matter],
        jobs: [String: Matter],
        warning: Level,
        critical: Level,
        web: String? = nil,
        contact: String? = nil,
        polygons: [String] = []
    ) {
        self.sender = sender
        self.district = district
        self.division = division
        self.life = life
        self.lifeOfEnd = lifeOfEnd
        self.kinds = kinds
        self.jobs = jobs
        self.warning = warning
        self.critical = critical
        self.web = web
        self.contact = contact
        self.polygons = polygons
    }

    /// What a job's alerts are about; a kind that the settings do not know is about something else.
    func matter(ofJob job: String, kind: String) -> Matter { jobs[job] ?? kinds[kind] ?? Matter(categories: [.other]) }

    /// What is wrong with everything that stands here, whatever a message tells.
    package var violations: [Diagnostic] {
        let sent = CAPTime(text: "2024-04-05T09:00:00+08:00")
        let infos = [("zh-CN", warning), ("en", critical)].map { language, level in
            var info = CAPMessage.Info(
                language: language,
                categories: [.other],
                event: "event",
                urgency: level.urgency,
                severity: level.severity,
                certainty: level.certainty
            )
            (info.expires, info.senderName, info.web, info.contact) = (sent, "sender", web, contact)
            info.areas = [area(in: language)]
            return info
        }
        var message = CAPMessage(
            identifier: "identifier",
            sender: sender,
            sent: sent,
            status: .actual,
            type: .alert,
            scope: .restricted,
            infos: infos
        )
        message.restriction = "restriction"
        // What stands in both languages is said once.
        return CAPRules.violations(of: message).reduce(into: []) { all, violation in
            if !all.contains(violation) { all.append(violation) }
        }
    }

    /// The district as an area.
    func area(in language: String) -> CAPMessage.Area {
        var area = CAPMessage.Area(description: district[language] ?? sender)
        area.polygons = polygons
        area.geocodes = division.map { [CAPMessage.NamedValue("GB/T 2260", $0)] } ?? []
        return area
    }
}
