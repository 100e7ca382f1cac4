/**
 * Stands for eventemitter2, of which json-rules-engine makes its engine and its rules: nobody listens to them here, so that the
 * bundle leaves the package out. It is called as a function, as classes were before there was a word for them.
 */
export default function Silent() {}

Silent.prototype.emitAsync = async () => false;
