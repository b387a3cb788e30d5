// A message of the Common Alerting Protocol, the form in which alerting systems exchange alerts.

package import Records

/// One `<alert>` of CAP 1.2 (OASIS Standard, 1 July 2010, §3.2); its members stand in the order of the standard.
package struct CAPMessage: Sendable, Hashable {
    /// How the message is to be handled.
    package enum Status: String, Sendable, CaseIterable {
        case actual = "Actual"
        case exercise = "Exercise"
        /// About the alerting system itself.
        case system = "System"
        case test = "Test"
        case draft = "Draft"
    }

    /// What the message is in its chain.
    package enum MessageType: String, Sendable, CaseIterable {
        case alert = "Alert"
        case update = "Update"
        case cancel = "Cancel"
        case acknowledgement = "Ack"
        case error = "Error"
    }

    package enum Scope: String, Sendable, CaseIterable {
        case `public` = "Public"
        case restricted = "Restricted"
        case `private` = "Private"
    }

    /// An earlier message of the chain, named as it named itself.
    package struct Reference: Sendable, Hashable {
        package let sender: String
        package let identifier: String
        package let sent: CAPTime

        package init(sender: String, identifier: String, sent: CAPTime) {
            self.sender = sender
            self.identifier = identifier
            self.sent = sent
        }
    }

    package var identifier: String
    package var sender: String
    package var sent: CAPTime
    package var status: Status
    package var type: MessageType
    package var source: String?
    package var scope: Scope
    /// Who may read it; with the restricted scope only.
    package var restriction: String?
    /// For whom it is; with the private scope only.
    package var addresses: [String] = []
    package var codes: [String] = []
    /// Which exercise it is, or what was wrong with the message that it refuses.
    package var note: String?
    /// Earlier messages of the chain, the oldest first.
    package var references: [Reference] = []
    package var incidents: [String] = []
    /// The same matter in each language.
    package var infos: [Info]

    package init(
        identifier: String,
        sender: String,
        sent: CAPTime,
        status: Status,
        type: MessageType,
        scope: Scope,
        infos: [Info]
    ) {
        self.identifier = identifier
        self.sender = sender
        self.sent = sent
        self.status = status
        self.type = type
        self.scope = scope
        self.infos = infos
    }
}

extension CAPMessage {
    /// A value with the name of what it is.
    package struct NamedValue: Sendable, Hashable {
        package let name: String
        package let value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// A file that belongs to the message (§3.2.3).
    package struct Resource: Sendable, Hashable {
        package var description: String
        package var mediaType: String
        /// In bytes.
        package var size: Int?
        package var address: String?
        /// The file itself in Base64.
        package var content: String?
        /// SHA-1 in hexadecimal digits.
        package var digest: String?

        package init(description: String, mediaType: String) {
            self.description = description
            self.mediaType = mediaType
        }
    }

    /// Where the matter applies (§3.2.4).
    package struct Area: Sendable, Hashable {
        package var description: String
        /// Each a list of `latitude,longitude` pairs in WGS 84 that ends where it began.
        package var polygons: [String] = []
        /// Each `latitude,longitude radius`, the radius in kilometres.
        package var circles: [String] = []
        package var geocodes: [NamedValue] = []
        /// In feet above mean sea level.
        package var altitude: ExactDecimal?
        /// In feet above mean sea level; with an altitude only.
        package var ceiling: ExactDecimal?

        package init(description: String) { self.description = description }
    }
}
