// The page of a task: people are offered behind an @ in a comment.
import { listenToMentions } from "../islands/task/mentions";

listenToMentions();
