/** End-to-end encryption between two phones. Imports {@code identity}, {@code rtp}, {@code net} and {@code time}. */
@NullMarked
package voiptui.crypto;

import org.jspecify.annotations.NullMarked;
