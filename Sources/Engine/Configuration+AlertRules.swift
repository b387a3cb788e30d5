// What the configuration says of alerts, as the book asks it.

import Alerts
import Jobs

extension Configuration {
    /// The rules by which the book decides while this configuration is in force.
    var alertRules: AlertBook.Rules {
        AlertBook.Rules(
            zone: settings.zone,
            calendar: workingDays,
            policy: { job(named: $0)?.policy ?? AlertPolicy() },
            recipients: { routing.recipients(of: $0, $1, job: job(named: $0.job)) },
            quiet: routing.quiet
        )
    }
}
