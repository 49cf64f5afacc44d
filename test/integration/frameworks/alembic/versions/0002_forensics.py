import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade():
    state = sa.Enum("open", "closed", name="report_state")
    state.create(op.get_bind())
    op.add_column("reports", sa.Column("state", state, server_default="open"))
    op.add_column("charges", sa.Column("report_id", sa.BigInteger))
    op.add_column("charges", sa.Column("code", sa.String(20)))
    op.create_foreign_key(None, "charges", "reports", ["report_id"], ["id"], ondelete="CASCADE")
    op.create_index("ix_charges_report_id", "charges", ["report_id"])
    op.create_table(
        "forensic_reports",
        sa.Column("id", sa.BigInteger, primary_key=True),
        sa.Column("report_id", sa.BigInteger, sa.ForeignKey("reports.id"), nullable=False),
    )


def downgrade():
    op.drop_table("forensic_reports")
