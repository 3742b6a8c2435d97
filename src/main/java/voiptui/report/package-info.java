/**
 * Events as lines: for people, for scripts (JSON Lines), and for a relay's log.
 *
 * <p>Subscribers of the bus, each on a thread of its own. Imports {@code event} only.
 */
@NullMarked
package voiptui.report;

import org.jspecify.annotations.NullMarked;
