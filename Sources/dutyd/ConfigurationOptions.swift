// Where the configuration lies; the same on each verb.

import ArgumentParser

/// The options that say which configuration is meant.
struct ConfigurationOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Folder of the settings, instead of /etc/dutyd.", valueName: "dir"))
    var config: String?

    @Option(help: ArgumentHelp("Folder of the jobs, instead of the installed ones.", valueName: "dir"))
    var jobs: String?

    @Option(help: ArgumentHelp("Keep the whole tree (etc, var, run) below this folder.", valueName: "dir"))
    var root: String?

    var places: Places {
        var places = Places(root: root)
        if let config { places.configuration = config }
        if let jobs { places.jobs = [jobs] }
        return places
    }
}
