/**
 * What other threads ask of a media thread, in order, also while a flow changes from one media thread to another. Knows no flows and no
 * sockets. Imports no other package.
 */
@NullMarked
package voiptui.relay.media.request;

import org.jspecify.annotations.NullMarked;
