"""任务分解与台账: approved plans broken down year by year and unit by unit, signed for, worked in, exchanged."""
