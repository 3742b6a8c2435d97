/** Calls in the classic protocol: state machine, control requests, and the running call. */
package voiptui.call.classic;
