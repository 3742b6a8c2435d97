/**
 * What clients and relays can do, and what the two sides of a call agree on: codecs, packet formats, features. Imports
 * nothing of ours.
 */
@NullMarked
package voiptui.protocol.offer;

import org.jspecify.annotations.NullMarked;
