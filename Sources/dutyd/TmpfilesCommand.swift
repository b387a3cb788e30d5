// dutyd tmpfiles

import ArgumentParser
import Jobs
import Linux
import Spool

struct TmpfilesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tmpfiles",
        abstract: "Print the tmpfiles.d entries for the departments' folders and the inbox.",
        discussion: "Install them with: dutyd tmpfiles > /etc/tmpfiles.d/dutyd-departments.conf"
    )

    @OptionGroup var options: ConfigurationOptions

    func run() throws {
        let places = options.places
        let configuration = try SettingsTree(places).configuration(zones: ZoneDatabase())
        let text = FolderSpool.tmpfiles(
            for: configuration.departments,
            spoolRoot: places.spool,
            feeds: Array(configuration.feeds.values),
            user: "dutyd"
        )
        print(text, terminator: "")
    }
}
