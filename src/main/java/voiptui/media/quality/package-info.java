/**
 * How good a call is, and why not better: readings in, a verdict for each direction out.
 *
 * <pre>
 * {@link voiptui.media.quality.ReceptionWatch}  notices within half a second that nothing arrives
 * {@link voiptui.media.quality.GradeScale}      score in, grade out, with hysteresis
 * {@link voiptui.media.quality.LossPlace}       what each leg loses in, the leg to blame out
 * {@link voiptui.media.quality.QualityWatch}    puts these together and publishes
 * </pre>
 *
 * <p>Everything belongs to the call thread, and time is a parameter. Imports {@code voice}, {@code event} and {@code time}.
 */
@NullMarked
package voiptui.media.quality;

import org.jspecify.annotations.NullMarked;
