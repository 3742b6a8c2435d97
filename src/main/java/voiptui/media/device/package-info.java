/** Opens, supervises, replaces and lists the devices of a call. */
@NullMarked
package voiptui.media.device;

import org.jspecify.annotations.NullMarked;
