/**
 * Estimates the opinion of listeners about transmitted speech after ITU-T P.862 and P.862.2 (wideband PESQ), written from the published
 * description. Not the recommendation's software, and not conformant: see {@link voiptui.testkit.pesq.PesqEstimate}.
 */
@NullMarked
package voiptui.testkit.pesq;

import org.jspecify.annotations.NullMarked;
