package voiptui.cli.service;

import voiptui.relay.Relay;
import voiptui.report.log.RelayLog;

/** Reads the options of a running relay again: the command line is the same, the configuration file may have changed. */
@FunctionalInterface
public interface RereadOptions {

    /** Returns what reads the settings of the relay; those that its process handles are passed to {@code shutdown} and {@code log}. */
    Relay.ConfigSource on(RelayShutdown shutdown, RelayLog log);
}
