/**
 * The files about other people: who is known by which fingerprint, and who is blocked. May import every package except {@code
 * cli.command}.
 */
@NullMarked
package voiptui.cli.peers;

import org.jspecify.annotations.NullMarked;
