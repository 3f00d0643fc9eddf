"""任务分解: from a target to its years, from a due date to its nodes, from what was decided before to a lead unit; each with its reason."""
