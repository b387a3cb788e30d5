// A promise of the yearly report on the wire.

/// One promise and how it stands.
package struct CommitmentEntry: Codable, Sendable {
    package var id: String
    package var section: String
    package var textZh: String
    package var textEn: String
    package var departments: [String]
    /// kept, at risk, broken, no data, no indicator or unmeasured.
    package var status: String
    package var why: String
    package var indicator: String?
    package var definition: String?
    package var job: String?
    package var figure: String?
    package var asOf: String?
    package var next: String?

    package init(
        id: String,
        section: String,
        textZh: String,
        textEn: String,
        departments: [String],
        status: String,
        why: String,
        indicator: String?,
        definition: String?,
        job: String?,
        figure: String?,
        asOf: String?,
        next: String?
    ) {
        self.id = id
        self.section = section
        self.textZh = textZh
        self.textEn = textEn
        self.departments = departments
        self.status = status
        self.why = why
        self.indicator = indicator
        self.definition = definition
        self.job = job
        self.figure = figure
        self.asOf = asOf
        self.next = next
    }
}
