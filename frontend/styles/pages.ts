// The styles of single pages. A module of its own, because a glob among other imports is hoisted above them: pages come after the base and
// win over it at equal weight.
import.meta.glob("./pages/*.scss", { eager: true });
