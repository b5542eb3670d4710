"""The parent's side of a run, without Qt: launch hosts, drain their rings, sample their processes."""
