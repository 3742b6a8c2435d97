/** A relay as a service: when it stops, what it tells systemd, and how it logs to the journal. */
@NullMarked
package voiptui.cli.service;

import org.jspecify.annotations.NullMarked;
