"""What files tell beside what they show: found, and removed. Nothing is decoded or drawn."""
