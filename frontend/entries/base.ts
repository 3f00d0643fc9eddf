import "../styles/base.scss";
import "htmx.org";
